import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { Order, OrderCharge, OrderLine, OrderPartRef } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { accountsWithCredit } from "./account"
import { accountNames } from "./account-names"
import { amountNumber } from "./amounts"
import { creditHoldView } from "./credit-hold"
import { listedInvoiceView } from "./invoice"
import { mirrorView } from "./mirror"
import { taxSummaryView } from "./tax-summary"

export function orderView<Row extends Order>({ tax_summary, ...order }: Row) {
  return {
    ...order,
    subtotal: amountNumber(order.subtotal),
    charge_total: amountNumber(order.charge_total),
    tax_total: amountNumber(order.tax_total),
    total: amountNumber(order.total),
    tax_summary: taxSummaryView(tax_summary),
  }
}

export function orderLineView(line: OrderLine) {
  return {
    ...line,
    unit_price: amountNumber(line.unit_price),
    subtotal: amountNumber(line.subtotal),
    tax_rate: Number(line.tax_rate),
  }
}

export function orderChargeView(charge: OrderCharge) {
  return {
    ...charge,
    amount: amountNumber(charge.amount),
    waived_amount: charge.waived_amount === null ? null : amountNumber(charge.waived_amount),
    tax_rate: Number(charge.tax_rate),
  }
}

function partView(part: OrderPartRef) {
  return { ...part, total: amountNumber(part.total) }
}

/**
 * An order with lines, shipments, history and the events allowed now, its other parts, the account it is for with its
 * credit, its invoices and the core orders that mirror them; why it waits for credit, and what was decided.
 *
 * @throws WholesaleError 404
 */
export async function orderDetail(container: MedusaContainer, storeId: string, id: string) {
  const order = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .retrieveOrder({ id, store_id: storeId })
  const invoicing = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const of = { store_id: storeId, order_id: id }
  const all = { limit: null, order: "created_at" }
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  const [account, { invoices }, { mirrors }, [waiting], decisions] = await Promise.all([
    container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .accountOf(storeId, order.account_id),
    invoicing.listInvoices(of, all),
    invoicing.listMirrors(of, all),
    credit.waitingOrders({ store_id: storeId, order_ids: [id] }),
    credit.decisionsOfOrder(of),
  ])
  const [withCredit] = await accountsWithCredit(container, storeId, [account])
  return {
    ...orderView(order),
    parent: order.parent && partView(order.parent),
    children: order.children.map(partView),
    lines: order.lines.map(orderLineView),
    charges: order.charges.map(orderChargeView),
    account: withCredit,
    invoices: invoices.map(listedInvoiceView),
    mirrors: mirrors.map((mirror) => mirrorView(mirror, account.company_name)),
    credit_holds: (waiting?.holds ?? []).map(creditHoldView),
    credit_decisions: decisions.map(({ amount, ...decision }) => ({
      ...decision,
      amount: amount === null ? null : amountNumber(amount),
    })),
  }
}

/** Rows of the list with the company each is for, read once for all. */
export async function withAccounts<Row extends { readonly account_id: string }>(
  container: MedusaContainer,
  storeId: string,
  rows: readonly Row[]
) {
  const names = await accountNames(container, storeId, rows)
  return rows.map((row) => ({
    ...row,
    account: { id: row.account_id, company_name: names.get(row.account_id) ?? null },
  }))
}
