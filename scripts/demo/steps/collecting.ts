import { setTimeout as delay } from "node:timers/promises"

import type { BillAnswer, CoreOrderAnswer, CreditAnswer, InvoiceAnswer, MirrorAnswer, OrderAnswer } from "./answers"
import type { Partnership } from "./pairing"
import { agree, creditOf, usd, WHOLESALE, type Traders } from "./traders"

const FIRST_PAYMENT = 500
/** The mirror is made by a subscriber after the answer to the payment; the reconcile job comes every minute. */
const MIRROR_SECONDS = 90

export interface Collected {
  readonly invoice: InvoiceAnswer
  readonly payments: readonly { readonly id: string; readonly amount: number }[]
  readonly part_paid: CreditAnswer
}

/** Finds the invoice that delivery issued, and has it paid in two payments. */
export async function collect(
  traders: Traders,
  { account_id }: Partnership,
  order: OrderAnswer,
  purchaseOrderId: string
): Promise<Collected> {
  const { distributor, retailer, terminal } = traders
  const {
    invoices: [invoice],
  } = await distributor.client.get<{ invoices: InvoiceAnswer[] }>(`${WHOLESALE}/invoices?order_id=${order.id}`)
  agree(`the total of ${invoice.number}`, invoice.total, order.total)
  terminal.step(
    "Invoice issued",
    `${invoice.number}, ${usd(invoice.subtotal)} + tax ${usd(invoice.tax_total)} = ${usd(invoice.total)}, ` +
      `due ${invoice.due_at.slice(0, 10)}`
  )
  const {
    bills: [bill],
  } = await retailer.client.get<{ bills: BillAnswer[] }>(`${WHOLESALE}/bills?purchase_order_id=${purchaseOrderId}`)
  terminal.step("Bill received", `${bill.invoice_number}, ${usd(bill.total)}`)

  const pay = async (amount: number, reference: string) => {
    const { payment, invoice: paid } = await distributor.client.post<{
      payment: { id: string; amount: number }
      invoice: InvoiceAnswer
    }>(`${WHOLESALE}/payments`, { invoice_id: invoice.id, amount, method: "bank_transfer", reference })
    terminal.step(
      paid.outstanding === 0 ? "Rest paid" : "Part paid",
      `${usd(payment.amount)}, ${usd(paid.outstanding)} outstanding, the invoice is ${paid.status}`
    )
    return { payment, paid }
  }
  const first = await pay(FIRST_PAYMENT, `${invoice.number} A`)
  const part_paid = await creditOf(distributor, account_id)
  const rest = await pay(first.paid.outstanding, `${invoice.number} B`)
  const payments = [first, rest].map(({ payment }) => ({ id: payment.id, amount: payment.amount }))
  return { invoice: rest.paid, payments, part_paid }
}

export interface MirroredInvoice {
  readonly id: string
  readonly status: string
  readonly total: number
  readonly core_order_id: string
  readonly core_order_number: number
  readonly core_order_total: number
}

/** The core order of a paid invoice, as soon as it is made. */
export async function mirrorOf({ distributor, terminal }: Traders, invoice: InvoiceAnswer): Promise<MirroredInvoice> {
  const mirror = await madeMirror(distributor.client, invoice)
  const { order } = await distributor.client.get<{ order: CoreOrderAnswer }>(
    `/admin/orders/${mirror.core_order_id}?fields=id,display_id,status,total,payment_status,sales_channel.name`
  )
  agree(`the mirror of ${invoice.number}`, mirror.total, invoice.total)
  agree(`the core order #${order.display_id}`, order.total, invoice.total)
  terminal.step(
    "Mirror made",
    `core order #${order.display_id} in "${order.sales_channel.name}", ${usd(order.total)}, ` +
      `${order.status} and ${order.payment_status}`
  )
  const { id, status, total, core_order_id } = mirror
  return { id, status, total, core_order_id, core_order_number: order.display_id, core_order_total: order.total }
}

async function madeMirror(client: Traders["distributor"]["client"], invoice: InvoiceAnswer): Promise<MirrorAnswer> {
  const deadline = Date.now() + MIRROR_SECONDS * 1000
  for (;;) {
    const {
      mirrors: [mirror],
    } = await client.get<{ mirrors: MirrorAnswer[] }>(`${WHOLESALE}/mirrors?invoice_id=${invoice.id}`)
    if (mirror?.status === "made") {
      return mirror
    }
    if (Date.now() > deadline) {
      throw new Error(`${invoice.number} is paid, and was not mirrored within ${MIRROR_SECONDS} seconds.`)
    }
    await delay(200)
  }
}
