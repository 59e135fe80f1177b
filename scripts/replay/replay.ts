import { createWriteStream } from "node:fs"
import { once } from "node:events"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { sumAmounts, type Amount } from "../../src/lib/money/amount"
import { resumeOperations } from "../../src/workflows/reconcile/resume-operations"
import { documentsOf, inBatches, type ExportDocument } from "./documents"
import { Journal, type DocumentOutcome, type RefusalSummary, type Standing } from "./journal"
import { CURRENCY, refuse } from "./judge-row"
import { readOrderExport } from "./order-export"
import { FileTotals, readBooks } from "./reconciliation"
import { ensureAccounts } from "./replay-accounts"
import { replayCancellation } from "./replay-cancellation"
import { ensureGoods, type ReplayGoods } from "./replay-goods"
import { replayOrder, type ReplaySettings } from "./replay-order"
import { ensureReplayStore, type ReplayStore } from "./replay-store"
import { quietContainer } from "./quiet-container"

export interface ReplayProgress {
  readonly documents: number
  readonly rows: number
  /** Documents that were not replayed before. */
  readonly replayed: number
  readonly orders: number
  readonly seconds: number
}

/** The reconciliation at the end. Amounts are exact, in major units of `currency_code`. */
export interface ReplayResult {
  readonly store: ReplayStore
  readonly currency_code: string
  readonly documents_read: number
  readonly rows_read: number
  /** Rows whose quantity or price cannot be read: refused, and in no sum. */
  readonly rows_without_amount: number
  readonly orders: number
  readonly paid: number
  readonly cancellations_credited: number
  readonly credit_notes: number
  readonly rows_refused: number
  readonly refused_by_reason: readonly RefusalSummary[]
  readonly sums: {
    readonly file: Amount
    readonly ordered: Amount
    readonly credited: Amount
    readonly refused: Amount
    /** Payments of the live core orders less their refunds. */
    readonly live_mirrors: Amount
  }
  /** Whether live mirrors and refused rows are the file, to the last digit. */
  readonly reconciled: boolean
  readonly difference: Amount
  /** Of this run; 0 orders where all had been replayed before. */
  readonly orders_made_now: number
  readonly seconds: number
  readonly orders_per_second: number
}

/** About so many rows are looked ahead, for goods and accounts to be looked up and made together. */
const BATCH_ROWS = 500

/**
 * Replays an order export in a store of its own, in the file's order, and reconciles what came of it
 * with what the file says. Reads the file as a stream and keeps a batch of it at a time: memory does
 * not grow with the file. A second run makes nothing twice, and goes on where the first broke off.
 *
 * @throws Error where the file is no order export
 */
export async function replayExport(
  container: MedusaContainer,
  file: string,
  onProgress: (progress: ReplayProgress) => void = () => undefined
): Promise<ReplayResult> {
  const started = performance.now()
  const store = await ensureReplayStore(container, file)
  const settings = { container: quietContainer(container), store }
  const journal = await Journal.open(container, store.id)
  if (await journal.brokeOff()) {
    await resumeOperations(settings.container, new Date())
  }
  const totals = new FileTotals()
  const done = { replayed: 0, orders: 0 }
  const seconds = () => (performance.now() - started) / 1000

  for await (const batch of inBatches(documentsOf(readOrderExport(file)), BATCH_ROWS)) {
    const standings = await journal.standings(batch)
    const goods = await prepare(settings, batch, standings)
    for (const document of batch) {
      totals.add([...document.rows, ...document.refused].map(({ amount }) => amount))
      const standing = standings.get(document.first_row) ?? "new"
      if (standing !== "done") {
        const outcome = await replayDocument(settings, document, standing, goods)
        await journal.record(document, standing, outcome)
        done.replayed += 1
        done.orders += outcome.kind === "order" ? 1 : 0
      }
      onProgress({ documents: totals.documents, rows: totals.rows, ...done, seconds: seconds() })
    }
  }
  return await reconcile(settings, journal, totals, done.orders, seconds())
}

/** Makes what the batch's new documents sell and who buys it. */
async function prepare(
  { container, store }: ReplaySettings,
  batch: readonly ExportDocument[],
  standings: ReadonlyMap<number, Standing>
): Promise<Map<string, ReplayGoods>> {
  const sales = batch.filter(
    ({ first_row, is_cancellation }) => standings.get(first_row) === "new" && !is_cancellation
  )
  const rows = sales.flatMap((sale) => sale.rows)
  await ensureAccounts(container, store.id, new Set(rows.map(({ customer }) => customer)))
  return await ensureGoods(container, store.id, rows)
}

async function replayDocument(
  settings: ReplaySettings,
  document: ExportDocument,
  standing: Standing,
  goods: ReadonlyMap<string, ReplayGoods>
): Promise<DocumentOutcome> {
  if (standing === "again") {
    return { ...NOTHING, refused: [...document.refused, ...document.rows.map((row) => refuse(row, "document_again"))] }
  }
  if (standing === "changed") {
    const reason = "document_changed"
    return { ...NOTHING, refused: [...document.refused, ...document.rows].map((row) => refuse(row, reason)) }
  }
  if (document.rows.length === 0) {
    return { ...NOTHING, refused: document.refused }
  }
  if (document.is_cancellation) {
    const { credited, by_invoice, refused } = await replayCancellation(settings, document)
    return {
      kind: "cancellation",
      ordered: "0",
      credited,
      credit_notes: by_invoice.size,
      refused: [...document.refused, ...refused],
    }
  }
  const ordered = await replayOrder(settings, document, goods)
  return { ...NOTHING, kind: "order", ordered, refused: document.refused }
}

const NOTHING = { kind: "refused", ordered: "0", credited: "0", credit_notes: 0 } as const

async function reconcile(
  { container, store }: ReplaySettings,
  journal: Journal,
  totals: FileTotals,
  orders_made_now: number,
  seconds: number
): Promise<ReplayResult> {
  const [books, refused_by_reason, recorded] = await Promise.all([
    readBooks(container, store.id),
    journal.refusalsByReason(),
    journal.totals(),
  ])
  const refused = MathBN.sum(0, ...refused_by_reason.map(({ amount }) => amount))
  const difference = MathBN.sub(MathBN.add(books.mirrors, refused), totals.amount)
  return {
    store,
    currency_code: CURRENCY,
    documents_read: totals.documents,
    rows_read: totals.rows,
    rows_without_amount: totals.rows_without_amount,
    orders: books.orders,
    paid: books.invoices_paid,
    cancellations_credited: recorded.cancellations_credited,
    credit_notes: books.credit_notes,
    rows_refused: refused_by_reason.reduce((sum, { rows }) => sum + rows, 0),
    refused_by_reason: refused_by_reason.map((reason) => ({ ...reason, amount: atLeastPence(reason.amount) })),
    sums: {
      file: atLeastPence(totals.amount),
      ordered: atLeastPence(recorded.ordered),
      credited: atLeastPence(recorded.credited),
      refused: atLeastPence(refused.toFixed()),
      live_mirrors: atLeastPence(books.mirrors),
    },
    reconciled: difference.isZero(),
    difference: atLeastPence(difference.toFixed()),
    orders_made_now,
    seconds: Number(seconds.toFixed(1)),
    orders_per_second: Number((orders_made_now / seconds).toFixed(2)),
  }
}

/** With the digits of the currency, or all of its own where it has more. */
function atLeastPence(amount: Amount): Amount {
  const rounded = sumAmounts([amount], CURRENCY)
  return MathBN.eq(rounded, amount) ? rounded : amount
}

/** Writes every refused row with its reason to a file of comma-separated values. */
export async function writeRefusedRows(container: MedusaContainer, store_id: string, path: string): Promise<void> {
  const journal = await Journal.open(container, store_id)
  const output = createWriteStream(path)
  output.write("Row,InvoiceNo,Reason,Amount,Detail,Explanation\n")
  for await (const { row, document, reason, amount, detail, sentence } of journal.refusedRows()) {
    const cells = [String(row), document, reason, amount ?? "", detail, sentence]
    if (!output.write(`${cells.map(quoted).join(",")}\n`)) {
      await once(output, "drain")
    }
  }
  output.end()
  await once(output, "finish")
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
