import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import fc from "fast-check"

import type { Actor } from "../../src/lib/actor/actor"
import { addDays } from "../../src/lib/calendar/days"
import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import type { Amount } from "../../src/lib/money/amount"
import { negateAmount, subtractAmounts, sumAmounts } from "../../src/lib/money/amount"
import { currencyDigits } from "../../src/lib/money/currency-digits"
import { insertRecordsSql, rawAmount } from "../../src/lib/sql/insert-records"
import { WHOLESALE_CREDIT } from "../../src/modules/wholesale-credit"
import { balanceDelta } from "../../src/modules/wholesale-credit/domain/credit-entry"
import type WholesaleCreditModuleService from "../../src/modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type { AllocationStrategy } from "../../src/modules/wholesale-invoice/domain/allocation-plan"
import { calculateInvoiceTotals, type InvoiceLineInput } from "../../src/modules/wholesale-invoice/domain/invoice-totals"
import type { Posting } from "../../src/modules/wholesale-invoice/persistence/posting"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { postDifference } from "../../src/workflows/invoice/post-difference"
import { postReceivables } from "../../src/workflows/invoice/post-receivable"
import { rowsOf } from "./books"

/** The first day on which anything happens in a history. */
export const START = new Date("2026-01-01T10:00:00.000Z")
/** The last day on which anything can have happened: a history has so many steps, of so many days at most. */
const STEPS = 10
const STEP_DAYS = 6
export const LONGEST_DAYS = STEPS * STEP_DAYS

const STEP_KINDS = [
  "order", "order", "invoice", "invoice", "payment", "payment", "credit_note", "credit_note", "charge",
  "void_charge", "allocate", "unallocate", "void_payment", "void_invoice", "refund", "write_off", "undo_write_off",
  "cancel", "adjust", "post",
] as const

export const HISTORY_KINDS = [...new Set(STEP_KINDS)]

const step = fc.record({
  kind: fc.constantFrom(...STEP_KINDS),
  day: fc.integer({ min: 0, max: STEP_DAYS }),
  /** How long before it was entered a payment was received. */
  late: fc.integer({ min: 0, max: 9 }),
  units: fc.integer({ min: 1, max: 200_000 }),
  pick: fc.nat(),
  strategy: fc.constantFrom<AllocationStrategy>("oldest_first", "due_date", "unapplied"),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const BEGINNING: readonly Step["kind"][] = ["order", "invoice"]

/** What happens on one account, in one currency. */
export const history = fc.record({
  currency_code: fc.constantFrom("jpy", "usd", "kwd"),
  /** Up to which a residue is written off, in smallest units. */
  tolerance: fc.constantFrom(null, 500),
  /** They begin with something to invoice, and its invoice. */
  steps: fc
    .array(step, { minLength: 5, maxLength: STEPS })
    .map((steps) => steps.map((each, index): Step => ({ ...each, kind: BEGINNING[index] ?? each.kind }))),
})
type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never

/** What a step moved the balance by, from when on; added up by the player, who asks no book. */
export interface Moved {
  readonly at: Date
  readonly amount: Amount
}

export interface Played {
  readonly currency_code: string
  readonly moved: readonly Moved[]
  /** How often each kind of step was taken and not refused. */
  readonly taken: readonly Step["kind"][]
}

interface HistoryOrder {
  readonly id: string
  readonly line: InvoiceLineInput
  readonly total: Amount
  readonly approved_at: Date
  cancelled_at: Date | null
  /** What its invoices were found to say more than it. */
  difference: Amount
  /** The invoice that stands over it. */
  invoice_id: string | null
}

const actor: Actor = { actor_type: "user", actor_id: "user_1" }
const number_pattern = "{YYYY}-{SEQ:6}"
const ORDER_COLUMNS = [
  "id", "store_id", "account_id", "source", "fulfilment_method", "status", "currency_code", "subtotal", "raw_subtotal",
  "tax_total", "raw_tax_total", "total", "raw_total", "tax_summary", "ship_to", "bill_to", "terms", "invoice_on",
  "line_count", "invoice_parts_due", "invoice_parts_waiting", "approved_at", "cancelled_at",
]

/**
 * Plays one account's history on the services of the ledger and of receivables: orders that are approved and
 * invoiced, alone or with others, money that is entered late, and all that is done to both. Entries are written
 * into the ledger some steps after their documents. What the rules refuse is no part of the history.
 *
 * Orders are rows with nothing but what the books read; the ledger's side of approving and cancelling them is real.
 */
export async function play(
  container: MedusaContainer,
  { store_id, account_id }: { readonly store_id: string; readonly account_id: string },
  { currency_code, tolerance, steps }: History
): Promise<Played> {
  const service = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const of = { store_id, account_id, actor }
  const moved: Moved[] = []
  const taken: Step["kind"][] = []
  const orders: HistoryOrder[] = []
  const payments: string[] = []
  const notes: string[] = []
  const charges: string[] = []
  let unposted: Posting[] = []
  let today = START

  const money = (units: number) => (units / 10 ** currencyDigits(currency_code)).toFixed(currencyDigits(currency_code))
  const one = <Row>(rows: readonly Row[], pick: number): Row | undefined => rows[pick % rows.length]
  const move = (at: Date, amount: Amount) => moved.push({ at, amount })
  const owe = (postings: readonly Posting[], at = today) => {
    for (const { type, amount } of postings) {
      move(at, balanceDelta(type, amount, currency_code))
    }
    unposted.push(...postings)
  }
  const post = async () => {
    const documents = unposted
    unposted = []
    await postReceivables(container, documents)
  }
  const inLedger = (order: HistoryOrder) => ({
    id: order.id,
    ...of,
    currency_code,
    total: order.total,
    lines: [{ quantity: 1, shipped_quantity: 1 }],
    shipments: [],
  })
  /** Part by part an invoice rounds otherwise than each order by itself: the ledger gets what that changes. */
  const differ = async (order: HistoryOrder, total: Amount, at: Date) => {
    const difference = subtractAmounts(total, order.total, currency_code)
    move(at, subtractAmounts(difference, order.difference, currency_code))
    order.difference = difference
    await postDifference(container, inLedger(order))
  }

  const act = async ({ kind, late, units, pick, strategy }: Step): Promise<boolean> => {
    const amount = money(units)
    // Of what is mostly more.
    const part = money(1 + (units % 5_000))
    const given = { store_id, actor, at: today, reason: "Because" }
    const invoice_id = one(orders.flatMap((order) => order.invoice_id ?? []), pick)
    const source = one(
      [
        ...payments.map((id) => ({ type: "payment" as const, id })),
        ...notes.map((id) => ({ type: "credit_note" as const, id })),
      ],
      pick
    )
    switch (kind) {
      case "order": {
        const id = `whord_${account_id}_${orders.length}`
        const line = {
          order_line_id: `${id}_line`, sku: "CUP", title: "Cup", quantity: 1, unit_price: amount,
          tax_rate: ["0", "7.25", "19"][pick % 3],
        }
        const { total } = calculateInvoiceTotals([line], currency_code)
        const about = { ...of, reference: { type: "order", id }, reservation_key: `${id}:reserve` }
        await credit.reserve({ ...about, key: `${id}:reserve`, amount: total })
        await credit.post({ ...about, key: `${id}:post`, effective_at: today })
        move(today, total)
        orders.push({ id, line, total, approved_at: today, cancelled_at: null, difference: "0", invoice_id: null })
        return true
      }
      case "cancel": {
        const order = one(orders.filter((each) => !each.invoice_id && !each.cancelled_at), pick)
        if (!order) {
          return false
        }
        const about = { ...of, reference: { type: "order", id: order.id }, effective_at: today }
        await credit.unpost({ ...about, key: `${order.id}:unpost`, reservation_key: `${order.id}:reserve` })
        const back = negateAmount(order.difference, currency_code)
        if (!MathBN.eq(back, 0)) {
          await credit.recordEntry({ ...about, kind: "invoice_difference", key: `${order.id}:rest`, amount: back })
        }
        move(today, negateAmount(order.total, currency_code))
        move(today, back)
        order.cancelled_at = today
        return true
      }
      case "invoice": {
        const waiting = orders.filter((each) => !each.invoice_id && !each.cancelled_at).slice(0, 1 + (pick % 3))
        if (!waiting.length) {
          return false
        }
        const { id } = await service.issueInvoice({
          ...of,
          id: `whinv_${account_id}_${moved.length}`,
          currency_code,
          parts: waiting.map((order) => ({ order_id: order.id, order_number: order.id, lines: [order.line] })),
          seller: { name: "North" },
          buyer: { name: "South" },
          terms: { type: "net", days: 10 + (pick % 60), discount: { percent: ["1", "2.5", "10"][pick % 3], days: 5 } },
          number_pattern,
          issued_at: today,
        })
        const { lines } = calculateInvoiceTotals(waiting.map(({ line }) => line), currency_code)
        for (const [index, order] of waiting.entries()) {
          order.invoice_id = id
          await differ(order, sumAmounts([lines[index].subtotal, lines[index].tax_total], currency_code), today)
        }
        return true
      }
      case "void_invoice": {
        if (!invoice_id) {
          return false
        }
        await service.voidInvoice({ ...given, id: invoice_id })
        for (const order of orders.filter((each) => each.invoice_id === invoice_id)) {
          order.invoice_id = null
        }
        return true
      }
      case "payment": {
        const received_at = addDays(today, -late)
        const { payment, postings } = await service.recordPayment({
          ...of, currency_code, strategy, amount, method: "transfer", received_at,
        })
        payments.push(payment.id)
        const { allocations } =
          postings.length > 1 ? await service.retrievePayment({ store_id, id: payment.id }) : { allocations: [] }
        for (const posting of postings) {
          // A discount and a residue count from when the money that brought them lay on the invoice.
          const on = allocations.find(({ id }) => id === posting.id)
          owe([posting], on ? on.applied_on : received_at)
        }
        return true
      }
      case "void_payment": {
        const id = one(payments, pick)
        if (!id) {
          return false
        }
        const { postings } = await service.voidPayment({ ...given, id })
        payments.splice(payments.indexOf(id), 1)
        owe(postings)
        return true
      }
      case "credit_note": {
        if (!invoice_id) {
          return false
        }
        const { credit_note: note } = await service.issueCreditNote({
          store_id, actor, invoice_id, amount: part, reason: "Short", number_pattern, issued_at: today,
        })
        notes.push(note.id)
        owe([{ type: "credit_note", id: note.id, store_id, account_id, amount: note.total }])
        return true
      }
      case "charge": {
        if (!invoice_id) {
          return false
        }
        const { late_charge, postings } = await service.chargeLate({
          store_id, actor, invoice_id, kind: pick % 2 ? "fee" : "interest", amount: part, charged_at: today,
        })
        charges.push(late_charge.id)
        owe(postings)
        return true
      }
      case "void_charge": {
        const id = one(charges, pick)
        if (!id) {
          return false
        }
        const { postings } = await service.voidLateCharge({ ...given, id })
        charges.splice(charges.indexOf(id), 1)
        owe(postings)
        return true
      }
      case "allocate":
      case "unallocate": {
        if (!source) {
          return false
        }
        const { postings } =
          kind === "allocate"
            ? await service.allocateCredit({ ...given, source, strategy })
            : await service.unallocateCredit({ ...given, source })
        owe(postings)
        return true
      }
      case "refund": {
        if (!source) {
          return false
        }
        owe((await service.refundCredit({ ...given, source, amount: part, method: "transfer", refunded_at: today })).postings)
        return true
      }
      case "write_off":
      case "undo_write_off": {
        if (!invoice_id) {
          return false
        }
        const { postings } =
          kind === "write_off"
            ? await service.writeOffInvoice({ ...given, id: invoice_id, ...(pick % 2 && { amount: part }) })
            : await service.undoWriteOff({ ...given, id: invoice_id })
        owe(postings)
        return postings.length > 0
      }
      case "adjust": {
        const signed = pick % 2 ? amount : negateAmount(amount, currency_code)
        await credit.adjust({
          ...of, key: `${account_id}:adjust:${moved.length}`, amount: signed, reason: "Agreed", effective_at: addDays(today, -late),
          reference: { type: "account", id: account_id },
        })
        move(addDays(today, -late), signed)
        return true
      }
      case "post":
        await post()
        return true
    }
  }

  await credit.openCreditAccount({ ...of, currency_code })
  if (tolerance !== null) {
    await service.setReceivableSettings({
      ...of, currency_code, write_off_tolerance: money(tolerance), settle_first: "charges",
    })
  }
  for (const each of steps) {
    today = addDays(today, each.day)
    const done = await act(each).catch((error: unknown) => {
      if (!asWholesaleError(error)) {
        throw error
      }
      return false
    })
    if (done) {
      taken.push(each.kind)
    }
  }
  await post()
  await writeOrders(container, orders.map((order) => orderRecord(order, { store_id, account_id, currency_code })))
  return { currency_code, moved, taken }
}

function orderRecord(
  { id, total, approved_at, cancelled_at, invoice_id }: HistoryOrder,
  of: { readonly store_id: string; readonly account_id: string; readonly currency_code: string }
): Record<string, unknown> {
  return {
    id,
    ...of,
    source: "manual",
    fulfilment_method: "shipping",
    status: cancelled_at ? "cancelled" : "approved",
    subtotal: total,
    raw_subtotal: rawAmount(total),
    tax_total: "0",
    raw_tax_total: rawAmount("0"),
    total,
    raw_total: rawAmount(total),
    tax_summary: [],
    ship_to: {},
    bill_to: {},
    terms: { type: "net", days: 30, discount: null },
    invoice_on: "approval",
    line_count: 1,
    invoice_parts_due: [],
    invoice_parts_waiting: invoice_id || cancelled_at ? [] : [0],
    approved_at,
    cancelled_at,
  }
}

async function writeOrders(container: MedusaContainer, records: readonly Record<string, unknown>[]): Promise<void> {
  if (records.length) {
    await rowsOf(container, insertRecordsSql("wholesale_order", ORDER_COLUMNS), [JSON.stringify(records)])
  }
}
