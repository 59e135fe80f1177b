import { GOODS } from "../goods"
import type { ConnectionAnswer } from "./answers"
import { articleOf, usd, WHOLESALE, type Traders } from "./traders"

const CREDIT_LIMIT = 5_000
const TERMS_DAYS = 30

/** The connection of the two stores: each side has a row of its own. */
export interface Partnership {
  readonly sells_over: string
  readonly buys_over: string
  /** The retailer's account with the distributor. */
  readonly account_id: string
}

/** Pairs the stores by a code, unless an earlier run did. */
export async function pair(traders: Traders): Promise<Partnership> {
  const { distributor, retailer, terminal } = traders
  const standing = await activeConnections(traders)
  if (standing) {
    terminal.step("Paired already", `${distributor.store.name} supplies ${retailer.store.name}`)
    return standing
  }
  const { pairing_code } = await distributor.client.post<{ pairing_code: { code: string; expires_at: string } }>(
    `${WHOLESALE}/pairing-codes`
  )
  const until = new Date(pairing_code.expires_at).toLocaleTimeString("en-GB", { timeStyle: "short" })
  terminal.step("Pairing code", `${pairing_code.code}, told by phone, good once and until ${until}`)

  await retailer.client.post(`${WHOLESALE}/connections`, { code: pairing_code.code })
  terminal.step("Code entered", `${retailer.store.name} asks to be connected`)

  const { connections } = await distributor.client.get<{ connections: ConnectionAnswer[] }>(
    `${WHOLESALE}/connections?role=distributor&status=requested`
  )
  await distributor.client.post(`${WHOLESALE}/connections/${connections[0].id}/approve`, {
    credit_limit: CREDIT_LIMIT,
    terms_days: TERMS_DAYS,
  })
  terminal.step("Approved", `credit limit ${usd(CREDIT_LIMIT)}, ${TERMS_DAYS} days to pay`)
  const made = await activeConnections(traders)
  if (!made) {
    throw new Error("The connection was approved and is not active on both sides.")
  }
  return made
}

async function activeConnections({ distributor, retailer }: Traders): Promise<Partnership | undefined> {
  const [{ connections: sells }, { connections: buys }] = await Promise.all([
    distributor.client.get<{ connections: ConnectionAnswer[] }>(
      `${WHOLESALE}/connections?role=distributor&status=active`
    ),
    retailer.client.get<{ connections: ConnectionAnswer[] }>(
      `${WHOLESALE}/connections?role=retailer&status=active`
    ),
  ])
  const sellsTo = sells.find(({ partner_name }) => partner_name === retailer.store.name)
  const buysFrom = buys.find(({ partner_name }) => partner_name === distributor.store.name)
  return sellsTo?.account_id && buysFrom
    ? { sells_over: sellsTo.id, buys_over: buysFrom.id, account_id: sellsTo.account_id }
    : undefined
}

/** Prices the goods and sends the catalog to the retailer. */
export async function publish({ distributor, retailer, terminal }: Traders, partnership: Partnership): Promise<void> {
  const { items } = await distributor.client.post<{ items: readonly object[] }>(`${WHOLESALE}/catalog/items`, {
    items: GOODS.map(({ sku, wholesale_price, minimum_quantity, order_multiple }) => ({
      variant_id: articleOf(distributor.store, sku).variant_id,
      wholesale_price,
      minimum_quantity,
      order_multiple,
      published: true,
    })),
  })
  await distributor.client.post(`${WHOLESALE}/catalog/publish`)
  const { count } = await retailer.client.get<{ count: number }>(
    `${WHOLESALE}/suppliers/${partnership.buys_over}/catalog?available=true`
  )
  terminal.step("Catalog published", `${items.length} articles; ${retailer.store.name} sees ${count}`)
}
