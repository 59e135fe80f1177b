import { generateEntityId } from "@medusajs/framework/utils"

import { endOfDay } from "../../../../lib/calendar/days"
import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { consolidateInvoices, listInvoices } from "../../../../schemas/invoices"
import { consolidateInvoicesWorkflow } from "../../../../workflows/invoice/consolidate-invoices"
import { nothingToInvoice } from "../../../../workflows/invoice/nothing-to-invoice"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { invoiceDetail, listedInvoiceView } from "../../../views/invoice"
import { withAccounts } from "../../../views/order"

/** Puts what waits of an account's orders on invoices. */
export const POST = adminWrite({
  flags: SALES,
  body: consolidateInvoices,
  handler: async ({ container, store, actor, body, request_key }) => {
    const { account_id, through, order_ids } = body
    const { result } = await consolidateInvoicesWorkflow(container).run({
      input: {
        store_id: store.id,
        account_id,
        order_ids,
        before: endOfDay(through)?.toISOString(),
        run_id: request_key ? derivedId("whinvrun", store.id, request_key) : generateEntityId(undefined, "whinvrun"),
        actor,
      },
    })
    if (result.length === 0) {
      throw await nothingToInvoice(container, { store_id: store.id, account_id, through })
    }
    const invoices = []
    for (const { id } of result) {
      invoices.push(await invoiceDetail(container, store.id, id))
    }
    return created({ invoices })
  },
})

export const GET = adminRead({
  flags: SALES,
  query: listInvoices,
  handler: async ({ container, store, query }) => {
    const { status, account_id, order_id, overdue, q, order, limit, offset } = query
    const { invoices, count } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .listInvoices(
        { store_id: store.id, status, account_id, order_id, overdue, q },
        { order, limit, offset }
      )
    const rows = await withAccounts(container, store.id, invoices.map(listedInvoiceView))
    return ok(page("invoices", rows, count, query))
  },
})
