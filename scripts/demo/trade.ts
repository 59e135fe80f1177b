import { OPENING_STOCK } from "./goods"
import { collect, mirrorOf, type Collected, type MirroredInvoice } from "./steps/collecting"
import { deliver, receive } from "./steps/fulfilment"
import { placePurchaseOrder, readOrder } from "./steps/ordering"
import { pair, publish, type Partnership } from "./steps/pairing"
import { restock, stockLevels, type StockLevel } from "./steps/stock"
import { agree, creditOf, CURRENCY, ORDERED, usd, type Trader, type Traders } from "./steps/traders"

interface Document {
  readonly id: string
  readonly number: string
  readonly status: string
}
interface PricedDocument extends Document {
  readonly subtotal: number
  readonly tax_total: number
  readonly total: number
}
interface BeforeAndAfter<T> {
  readonly before: T
  readonly after: T
}

/** The figures of one trade; amounts in major units of `currency_code`. */
export interface TradeResult {
  readonly currency_code: string
  readonly purchase_order: Document
  readonly order: PricedDocument
  readonly receipt: { readonly id: string; readonly units: number }
  readonly invoice: PricedDocument
  readonly payments: Collected["payments"]
  readonly mirror: MirroredInvoice
  readonly stock: Record<"distributor" | "retailer", BeforeAndAfter<readonly StockLevel[]>>
  /** What the retailer owes the distributor. */
  readonly balance: BeforeAndAfter<number> & {
    readonly reserved: number
    readonly approved: number
    readonly part_paid: number
  }
}

/**
 * Carries one trade between the two stores over HTTP, as two people would from their dashboards. What
 * an earlier run left (the pairing, the mapped SKUs) stays.
 *
 * @throws Error where the API refuses a step, or its figures do not add up
 */
export async function carryTrade(traders: Traders): Promise<{ result: TradeResult; partnership: Partnership }> {
  const { distributor, retailer, terminal } = traders

  terminal.heading(`${distributor.store.name} and ${retailer.store.name} pair`)
  const partnership = await pair(traders)
  await publish(traders, partnership)
  const credit = () => creditOf(distributor, partnership.account_id)

  await fillShelves(traders)
  const stockBefore = await bothStocks(traders)
  const before = await credit()

  terminal.heading(`${retailer.store.name} orders`)
  const purchaseOrder = await placePurchaseOrder(traders, partnership)
  const placed = await credit()
  const { total } = await readOrder(traders, purchaseOrder.order_id)
  agree("the credit reserved", placed.reserved, before.reserved + total)
  const limit = placed.credit_limit === null ? "no limit" : `a limit of ${usd(placed.credit_limit)}`
  terminal.step("Credit", `${usd(placed.exposure)} of ${limit}, ${usd(placed.reserved)} of it reserved`)

  terminal.heading(`${distributor.store.name} delivers`)
  const order = await deliver(traders, partnership, purchaseOrder.order_id)
  const approved = await credit()

  terminal.heading(`${retailer.store.name} receives`)
  const receipt = await receive(traders, partnership, purchaseOrder.id)

  terminal.heading(`${distributor.store.name} collects`)
  const { invoice, payments, part_paid } = await collect(traders, partnership, order, purchaseOrder.id)
  const mirror = await mirrorOf(traders, invoice)
  const after = await credit()
  agree("the balance when all is paid", after.balance, before.balance)
  terminal.step("Credit", `${usd(after.balance)} owed, ${usd(after.reserved)} reserved`)

  const stockAfter = await bothStocks(traders)
  agreeOnStock(stockBefore, stockAfter)
  const result = {
    currency_code: CURRENCY,
    purchase_order: {
      id: purchaseOrder.id,
      number: purchaseOrder.number,
      status: receipt.purchase_order_status,
    },
    order: figures(order),
    receipt: { id: receipt.id, units: receipt.units },
    invoice: figures(invoice),
    payments,
    mirror,
    stock: {
      distributor: { before: stockBefore.distributor, after: stockAfter.distributor },
      retailer: { before: stockBefore.retailer, after: stockAfter.retailer },
    },
    balance: {
      before: before.balance,
      reserved: placed.reserved,
      approved: approved.balance,
      part_paid: part_paid.balance,
      after: after.balance,
    },
  }
  return { result, partnership }
}

type Stocks = Readonly<Record<"distributor" | "retailer", readonly StockLevel[]>>

async function bothStocks({ distributor, retailer }: Traders): Promise<Stocks> {
  const of = ({ client, store, articles }: Trader) => stockLevels(client, store, articles)
  return { distributor: await of(distributor), retailer: await of(retailer) }
}

/** After many runs the shelves are bare. */
async function fillShelves({ distributor: { client, store, articles }, terminal }: Traders): Promise<void> {
  const needs = articles.map((article, index) => ({ ...article, needed: ORDERED[index].ordered }))
  const filled = await restock(client, store, needs, OPENING_STOCK.distributor)
  if (filled) {
    terminal.step("Shelves filled", `${filled} articles up to ${OPENING_STOCK.distributor} units`)
  }
}

/** What left one shelf stands on the other. */
function agreeOnStock(before: Stocks, after: Stocks): void {
  ORDERED.forEach(({ ordered }, index) => {
    const moved = { distributor: -ordered, retailer: ordered }
    for (const side of ["distributor", "retailer"] as const) {
      const { sku, stocked } = after[side][index]
      agree(`the stock of ${sku}`, stocked, before[side][index].stocked + moved[side])
    }
  })
}

function figures({ id, number, status, subtotal, tax_total, total }: PricedDocument): PricedDocument {
  return { id, number, status, subtotal, tax_total, total }
}
