import type { MedusaContainer } from "@medusajs/framework/types"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import { seriesOf } from "../../modules/wholesale-store/domain/invoice-series"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { buyerSnapshot, deliveriesSnapshot, sellerSnapshot } from "../documents/party-snapshots"
import { partToInvoice } from "./part-to-invoice"

/** A part of an order: 0 for all of it, else the sequence of a shipment. */
export interface OrderPart {
  readonly order: OrderDocument
  readonly part: number
}

export interface IssueInvoice {
  /** Derived where a retry must meet the same invoice; follows from the part where there is only one. */
  readonly id?: string
  readonly issued_at?: Date
  readonly actor: Actor
}

/**
 * Issues the invoice over parts of orders of one account, currency, connection and terms, with the account's
 * and the store's particulars of today; the bill goes to the address of the newest order. Each once.
 */
export async function issueInvoice(
  container: MedusaContainer,
  parts: readonly OrderPart[],
  { id, issued_at, actor }: IssueInvoice
): Promise<Invoice> {
  const orders = [...new Map(parts.map(({ order }) => [order.id, order])).values()]
  const newest = orders[orders.length - 1]
  const { store_id, account_id, connection_id, currency_code, terms } = newest
  const [store, account] = await Promise.all([
    container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(store_id),
    container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(store_id, account_id),
  ])
  return container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).issueInvoice({
    id,
    store_id,
    account_id,
    connection_id,
    parts: parts.map(({ order, part }) => partToInvoice(order, part)),
    currency_code,
    tax_summary: orders.flatMap(({ tax_summary }) =>
      tax_summary.map(({ rate, code, name }) => ({ rate, code, name }))
    ),
    seller: sellerSnapshot(store),
    buyer: { ...buyerSnapshot(account, newest.bill_to), delivery: deliveriesSnapshot(parts) },
    terms,
    ...seriesOf(store, account.invoice_series),
    issued_at,
    actor,
  })
}
