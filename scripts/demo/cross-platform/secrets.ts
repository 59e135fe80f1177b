import { BUSINESSES } from "../../fixture/trading-stores"
import { GOODS } from "../goods"
import { CARRIER } from "../steps/fulfilment"
import type { Partnership } from "../steps/pairing"
import type { Traders } from "../steps/traders"
import type { TradeResult } from "../trade"

/** All that the stores said to each other in this trade and that is nobody else's business. */
export function secretsOf({ distributor, retailer }: Traders, result: TradeResult, partnership: Partnership): string[] {
  const { purchase_order, order, invoice, payments } = result
  const prices = GOODS.flatMap(({ wholesale_price, ordered }) => [
    wholesale_price,
    (Number(wholesale_price) * ordered).toFixed(2),
  ])
  const amounts = [order, invoice].flatMap(({ subtotal, tax_total, total }) => [subtotal, tax_total, total])
  const [slot, secret] = partnership.code?.split("-") ?? []
  return [
    ...GOODS.flatMap(({ title, sku }) => [title, sku]),
    ...[distributor, retailer].flatMap(({ store, articles }) => [
      store.id,
      store.name,
      store.email,
      ...articles.flatMap(({ sku, variant_id }) => [sku, variant_id]),
    ]),
    ...Object.values(BUSINESSES).flatMap(({ address }) => [address.address_1, address.city]),
    ...[purchase_order, order, invoice].flatMap(({ id, number }) => [id, number]),
    ...prices.filter((price) => price !== "0.00"),
    ...[...amounts, ...payments.map(({ amount }) => amount)].map((amount) => amount.toFixed(2)),
    ...(secret ? [`${slot}-${secret}`, `${slot}${secret}`] : []),
    CARRIER,
  ]
}
