import { sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { PaymentDetail } from "../../modules/wholesale-invoice/persistence/payments/payment-reads"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { PaymentBody } from "../documents/payment"
import { receivableSource } from "./receivable"

export const paymentSource = receivableSource("payment", async (container, id) => {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { store_id, connection_id } = await invoices.retrieveWholesalePayment(id, {
    select: ["id", "store_id", "connection_id"],
  })
  if (!connection_id) {
    return undefined
  }
  const payment = await invoices.retrievePayment({ id, store_id })
  return {
    store_id,
    connection_id,
    document_id: id,
    revision: payment.revision,
    body: {
      version: 1,
      amount: payment.amount,
      currency_code: payment.currency_code,
      method: payment.method,
      reference: payment.reference,
      received_at: payment.received_at.toISOString(),
      allocations: onInvoices(payment),
    },
  }
})

/** Where its money lies now, its invoices each once, late charges on them included. */
function onInvoices({ allocations, currency_code }: PaymentDetail): PaymentBody["allocations"] {
  const lying = allocations.filter(({ kind, reversed_on }) => kind === "payment" && !reversed_on)
  const numbers = new Map(lying.map(({ invoice_id, invoice_number }) => [invoice_id, invoice_number]))
  return [...numbers].map(([invoice_id, invoice_number]) => ({
    invoice_id,
    invoice_number,
    amount: sumAmounts(
      lying.filter((each) => each.invoice_id === invoice_id).map(({ amount }) => amount),
      currency_code
    ),
  }))
}
