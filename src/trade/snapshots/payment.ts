import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
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
  const invoice = await invoices.retrieveWholesaleInvoice(payment.invoice_id, {
    select: ["id", "number"],
  })
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
      allocations: [
        { invoice_id: payment.invoice_id, invoice_number: invoice.number, amount: payment.amount },
      ],
    },
  }
})
