import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { derivedId } from "../../src/lib/ids/derived-id"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { issueCreditNoteWorkflow } from "../../src/workflows/invoice/issue-credit-note"
import { refundMirrorWorkflow } from "../../src/workflows/mirror/refund-mirror"
import { allocateCredits, type CreditedLine, type Credits, type Purchase } from "./allocate-credits"
import { connectionOf } from "./database"
import type { ExportDocument } from "./documents"
import { accountId } from "./replay-accounts"
import type { ReplaySettings } from "./replay-order"

/**
 * Credits the rows of a cancellation against the customer's earlier purchases, one credit note an
 * invoice, each refunded on its mirror. Run again after it broke off it finds the same purchases: its
 * own credit notes, known by their derived ids, are left out of what is credited already.
 */
export async function replayCancellation(settings: ReplaySettings, document: ExportDocument): Promise<Credits> {
  const credits = allocateCredits(document.rows, await purchasesBefore(settings, document))
  for (const [invoice_id, lines] of credits.by_invoice) {
    await credit(settings, document, invoice_id, lines)
  }
  return credits
}

const creditNoteId = (document: ExportDocument, invoice_id: string) =>
  derivedId("whcn", invoice_id, "cancellation", document.number)

async function credit(
  { container, store }: ReplaySettings,
  document: ExportDocument,
  invoice_id: string,
  lines: readonly CreditedLine[]
): Promise<void> {
  const { result } = await issueCreditNoteWorkflow(container).run({
    input: {
      id: creditNoteId(document, invoice_id),
      store_id: store.id,
      invoice_id,
      scope: { lines },
      reason: `Cancellation ${document.number} of the export, from row ${document.first_row}`,
      issued_at: document.rows[0].at,
      actor: SYSTEM_ACTOR,
    },
  })
  const refunds = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .ensureMirrorRefunds({ store_id: store.id, credit_note_id: result.credit_note.id })
  for (const refund of refunds.filter(({ status }) => status === "pending")) {
    await refundMirrorWorkflow(container).run({ input: refund })
  }
}

interface PurchaseRow {
  readonly invoice_id: string
  readonly line_id: string
  readonly sku: string
  readonly unit_price: string
  readonly left: number
  readonly amount_left: string
}

/** What the customer bought of the document's goods, latest first, and what was left of it before the document. */
async function purchasesBefore({ container, store }: ReplaySettings, document: ExportDocument): Promise<Purchase[]> {
  const { rows } = await connectionOf(container).raw<PurchaseRow>(
    `select line.invoice_id, line.id as line_id, line.sku, line.raw_unit_price->>'value' as unit_price,
            line.quantity - line.credited_quantity as left,
            ((line.raw_subtotal->>'value')::numeric - (line.raw_credited_amount->>'value')::numeric)::text as amount_left
     from wholesale_invoice invoice join wholesale_invoice_line line on line.invoice_id = invoice.id
     where invoice.store_id = ? and invoice.account_id = ? and line.sku = any(?)
       and invoice.deleted_at is null and line.deleted_at is null
     order by invoice.created_at desc, line.line_number desc`,
    [store.id, accountId(store.id, document.rows[0].customer), document.rows.map(({ sku }) => sku)]
  )
  const own = await creditedByItself(container, document, rows)
  return rows
    .map((row) => {
      const credited = own.get(row.line_id)
      return credited
        ? {
            ...row,
            left: row.left + credited.quantity,
            amount_left: MathBN.add(row.amount_left, credited.amount).toFixed(),
          }
        : row
    })
    .filter(({ left }) => left > 0)
}

interface NoteLine {
  readonly line_id: string
  readonly quantity: number
  readonly amount: string
}

async function creditedByItself(
  container: MedusaContainer,
  document: ExportDocument,
  purchases: readonly PurchaseRow[]
): Promise<Map<string, NoteLine>> {
  const { rows } = await connectionOf(container).raw<NoteLine>(
    `select line->>'line_id' as line_id, (line->>'quantity')::int as quantity, line->>'subtotal' as amount
     from wholesale_credit_note note, jsonb_array_elements(note.lines) as line
     where note.id = any(?)`,
    [[...new Set(purchases.map(({ invoice_id }) => creditNoteId(document, invoice_id)))]]
  )
  return new Map(rows.map((line) => [line.line_id, line]))
}
