import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { listPayments, recordPayment } from "../../../../schemas/invoices"
import { recordPaymentWorkflow } from "../../../../workflows/invoice/record-payment"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { accountsNamed } from "../../../views/account-names"
import { invoiceDetail, paymentDetail, paymentView } from "../../../views/invoice"
import { withAccounts } from "../../../views/order"

export const GET = adminRead({
  flags: SALES,
  query: listPayments,
  handler: async ({ container, store, query }) => {
    const { invoice_id, account_id, status, method, unapplied, q, order, limit, offset } = query
    const accounts_named = q === undefined ? undefined : await accountsNamed(container, store.id, q)
    const { payments, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listPayments(
        { store_id: store.id, invoice_id, account_id, status, method, unapplied, q, accounts_named },
        { order, limit, offset }
      )
    const rows = await withAccounts(container, store.id, payments.map(paymentView))
    return ok(page("payments", rows, count, query))
  },
})

/** Money received for an invoice, all or a part of what is outstanding; or of an account, by a strategy. */
export const POST = adminWrite({
  flags: SALES,
  body: recordPayment,
  handler: async ({ container, store, actor, body, request_key }) => {
    const { invoice_id, account_id, strategy, allocations, bank_line_id, ...payment } = body
    const once = bank_line_id ?? request_key
    const { result } = await recordPaymentWorkflow(container).run({
      input: {
        ...payment,
        ...(invoice_id
          ? { invoice_id }
          : { account_id: account_id ?? "", strategy: strategy ?? "oldest_first", allocations }),
        ...(once && { id: derivedId("whpay", store.id, once) }),
        store_id: store.id,
        actor,
      },
    })
    return created({
      payment: await paymentDetail(container, store.id, result.payment.id),
      ...(invoice_id && { invoice: await invoiceDetail(container, store.id, invoice_id) }),
    })
  },
})
