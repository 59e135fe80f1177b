import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { StoreClient } from "../scripts/fixture/store-client"
import { FIXTURE_PASSWORD, type TradingStore } from "../scripts/fixture/trading-stores"
import { WHOLESALE_ORDER } from "../src/modules/wholesale-order"
import type WholesaleOrderModuleService from "../src/modules/wholesale-order/service"
import type { Stopwatch } from "./stopwatch"

export const LISTINGS = ["first page", "page of one status", "first page over HTTP"] as const
const PAGE = 50

interface Database {
  raw<Row>(statement: string, bindings?: readonly (string | number)[]): Promise<{ rows: Row[] }>
}

/**
 * Fills the store up to so many orders with copies of one that it has, each with an id, number and
 * time of its own.
 */
export async function fillOrders(container: MedusaContainer, store_id: string, total: number): Promise<void> {
  const database = container.resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION)
  const { rows } = await database.raw<{ count: number }>(
    "select count(*)::int as count from wholesale_order where store_id = ?",
    [store_id]
  )
  const standing = rows[0].count
  await database.raw(
    `insert into wholesale_order
     select (jsonb_populate_record(one, jsonb_build_object(
       'id', 'whord_bench_' || n, 'number', 'BENCH-' || lpad(n::text, 6, '0'),
       'status', (array['pending', 'approved', 'packing', 'packed', 'shipped', 'delivered'])[1 + n % 6],
       'purchase_order_id', null, 'connection_id', null, 'invoice_parts_due', '[]'::jsonb,
       'created_at', now() - n * interval '1 minute', 'placed_at', now() - n * interval '1 minute'
     ))).*
     from (select o from wholesale_order o where store_id = ? limit 1) as chosen(one),
       generate_series(?::int, ?::int) as n`,
    [store_id, standing + 1, total]
  )
  // As autovacuum leaves a table that has been filled.
  await database.raw("vacuum analyze wholesale_order")
}

/** Lists by the service and by the admin route, in turns. */
export async function listingRounds(
  container: MedusaContainer,
  { store, url, rounds }: { readonly store: TradingStore; readonly url: string; readonly rounds: number },
  watch: Stopwatch
): Promise<void> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const client = await StoreClient.login(url, { email: store.user.email, password: FIXTURE_PASSWORD }, store.id)
  for (let round = 0; round < rounds; round++) {
    await watch.time("first page", () => orders.listOrders(store.id, { limit: PAGE }))
    await watch.time("page of one status", () => orders.listOrders(store.id, { limit: PAGE, status: "packed" }))
    await watch.time("first page over HTTP", () => client.get(`/admin/wholesale/orders?limit=${PAGE}`))
  }
}
