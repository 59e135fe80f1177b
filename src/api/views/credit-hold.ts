import type { BigNumberValue, MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { accountNames } from "./account-names"

interface Hold {
  readonly account_id: string
  readonly order_id: string | null
  readonly amount: BigNumberValue | null
}

/** A hold as the API shows it: what release would reserve stays inside. */
export function creditHoldView<Row extends Hold & { readonly reservation_key?: unknown }>({
  reservation_key: _,
  amount,
  ...hold
}: Row) {
  return { ...hold, amount: amount === null ? null : MathBN.convert(amount).toNumber() }
}

/** With company and order number, read once for all. */
export async function creditHoldsWithNames<Row extends Hold>(
  container: MedusaContainer,
  storeId: string,
  holds: readonly Row[]
) {
  const ids = [...new Set(holds.flatMap(({ order_id }) => (order_id === null ? [] : [order_id])))]
  const [companies, orders] = await Promise.all([
    accountNames(container, storeId, holds),
    container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .listWholesaleOrders({ id: ids, store_id: storeId }, { select: ["id", "number"], take: ids.length }),
  ])
  const numbers = new Map(orders.map(({ id, number }) => [id, number]))
  return holds.map((hold) => ({
    ...creditHoldView(hold),
    account: { id: hold.account_id, company_name: companies.get(hold.account_id) ?? null },
    order_number: hold.order_id === null ? null : (numbers.get(hold.order_id) ?? null),
  }))
}
