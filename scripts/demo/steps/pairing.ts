import { GOODS } from "../goods"
import type { ConnectionAnswer } from "./answers"
import { channelOf } from "./channels"
import { eventually } from "./eventually"
import { articleOf, usd, WHOLESALE, type Traders } from "./traders"

const CREDIT_LIMIT = 5_000
const TERMS_DAYS = 30

/** The connection of the two stores: each side has a row of its own. */
export interface Partnership {
  readonly sells_over: string
  readonly buys_over: string
  /** The retailer's account with the distributor. */
  readonly account_id: string
  /** By which they paired in this run. */
  readonly code?: string
}

/**
 * Pairs the stores by a code, unless an earlier run did.
 *
 * @param account_id the account that the retailer has with the distributor already; a new one unless given
 */
export async function pair(traders: Traders, account_id?: string): Promise<Partnership> {
  const { distributor, retailer, transport, terminal } = traders
  const standing = await activeConnections(traders)
  if (standing) {
    terminal.step("Paired already", `${distributor.store.name} supplies ${retailer.store.name}`)
    return standing
  }
  const { pairing_code } = await distributor.client.post<{ pairing_code: { code: string; expires_at: string } }>(
    `${WHOLESALE}/pairing-codes`,
    { transport }
  )
  const until = new Date(pairing_code.expires_at).toLocaleTimeString("en-GB", { timeStyle: "short" })
  terminal.step("Pairing code", `${pairing_code.code}, told by phone, good once and until ${until}`)

  const { connection: asked } = await retailer.client.post<{ connection: ConnectionAnswer }>(
    `${WHOLESALE}/connections`,
    { code: pairing_code.code, transport }
  )
  terminal.step("Code entered", `${retailer.store.name} asks to be connected`)

  const requested = await eventually(`${distributor.store.name} is asked for a connection`, async () => {
    const { connections } = await distributor.client.get<{ connections: ConnectionAnswer[] }>(
      `${WHOLESALE}/connections?role=distributor&status=requested`
    )
    return connections.find(({ partner_name }) => partner_name === retailer.store.name)
  })
  if (transport === "relay") {
    await compareVerifiers(traders, { sells_over: requested.id, buys_over: asked.id })
  }
  await distributor.client.post(`${WHOLESALE}/connections/${requested.id}/approve`, {
    account_id,
    credit_limit: CREDIT_LIMIT,
    terms: { type: "net", days: TERMS_DAYS },
  })
  terminal.step("Approved", `credit limit ${usd(CREDIT_LIMIT)}, ${TERMS_DAYS} days to pay`)
  const made = await eventually("The connection is active on both sides", async () => await activeConnections(traders))
  return { ...made, code: pairing_code.code }
}

/** As two people do by phone before the distributor approves. */
async function compareVerifiers(
  { distributor, retailer, terminal }: Traders,
  { sells_over, buys_over }: Pick<Partnership, "sells_over" | "buys_over">
): Promise<void> {
  const [sells, buys] = await Promise.all([channelOf(distributor, sells_over), channelOf(retailer, buys_over)])
  if (sells.verifier !== buys.verifier) {
    throw new Error(`The verifiers differ, ${sells.verifier} and ${buys.verifier}: somebody stands between the stores.`)
  }
  terminal.step("Verifiers compared", `${sells.verifier}, the same on both sides`)
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
  const count = await eventually(`${retailer.store.name} sees the catalog`, async () => {
    const { count: seen } = await retailer.client.get<{ count: number }>(
      `${WHOLESALE}/suppliers/${partnership.buys_over}/catalog?available=true`
    )
    return seen === items.length ? seen : undefined
  })
  terminal.step("Catalog published", `${items.length} articles; ${retailer.store.name} sees ${count}`)
}
