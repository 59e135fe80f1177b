import type { BillAnswer, CoreOrderAnswer, CreditAnswer, InvoiceAnswer, MirrorAnswer, OrderAnswer } from "./answers"
import { eventually } from "./eventually"
import type { Partnership } from "./pairing"
import { agree, creditOf, usd, WHOLESALE, type Traders } from "./traders"

const FIRST_PAYMENT = 500

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
  const bill = async (status: string): Promise<BillAnswer> =>
    await eventually(`${retailer.store.name} has the bill of ${invoice.number}, ${status}`, async () => {
      const { bills } = await retailer.client.get<{ bills: BillAnswer[] }>(
        `${WHOLESALE}/bills?purchase_order_id=${purchaseOrderId}`
      )
      return bills.find((found) => found.invoice_number === invoice.number && found.status === status)
    })
  const { invoice_number, total } = await bill(invoice.status)
  terminal.step("Bill received", `${invoice_number}, ${usd(total)}`)

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
  await bill(rest.paid.status)
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

/** It is made by a subscriber after the answer to the payment, or else by the reconcile job. */
async function madeMirror(client: Traders["distributor"]["client"], invoice: InvoiceAnswer): Promise<MirrorAnswer> {
  return await eventually(`${invoice.number} is paid and mirrored`, async () => {
    const { mirrors } = await client.get<{ mirrors: MirrorAnswer[] }>(`${WHOLESALE}/mirrors?invoice_id=${invoice.id}`)
    return mirrors.find(({ status }) => status === "made")
  })
}
