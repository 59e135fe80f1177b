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

/** With company, order number and currency, read once for all. */
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
      .listWholesaleOrders({ id: ids, store_id: storeId }, { select: ["id", "number", "currency_code"], take: ids.length }),
  ])
  const known = new Map(orders.map((order) => [order.id, order]))
  return holds.map((hold) => {
    const order = hold.order_id === null ? undefined : known.get(hold.order_id)
    return {
      ...creditHoldView(hold),
      account: { id: hold.account_id, company_name: companies.get(hold.account_id) ?? null },
      order_number: order?.number ?? null,
      currency_code: order?.currency_code ?? null,
    }
  })
}
