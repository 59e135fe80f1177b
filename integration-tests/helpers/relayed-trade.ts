import type { SeededStores } from "../../scripts/demo/seed"
import type { ChannelAnswer, PurchaseOrderAnswer } from "../../scripts/demo/steps/answers"
import { channelOf, useRelay } from "../../scripts/demo/steps/channels"
import { pair, publish, type Partnership } from "../../scripts/demo/steps/pairing"
import { logIn, WHOLESALE, type Business, type Trader, type Traders } from "../../scripts/demo/steps/traders"
import { Terminal } from "../../scripts/demo/terminal"
import type { Side } from "../../scripts/fixture/trading-stores"
import { until } from "./until"

/** Steps may take until a sweeper has come by, and until a relay was left alone for as long as it asked. */
const WITHIN = 30_000
/** A receipt that was lost is made good by a heartbeat, which comes every minute. */
const SETTLED_WITHIN = 120_000

class Silence extends Terminal {
  override line(): void {}
}

/** The distributor and the retailer of a backend. */
export function businessesOn({ url, seeded }: { url: string; seeded: SeededStores }): Readonly<Record<Side, Business>> {
  const [distributor, retailer] = seeded.stores
  return { distributor: { url, store: distributor }, retailer: { url, store: retailer } }
}

/** Two stores, wherever they are, that reach each other by a relay alone, over HTTP. */
export class RelayedTrade {
  private constructor(
    readonly traders: Traders,
    private paired: Partnership,
    private readonly article: { readonly sku: string; readonly price: number }
  ) {}

  /** Sets the relay and pairs, unless the stores are paired; offers one article at a price of its own. */
  static async begin(
    businesses: Readonly<Record<Side, Business>>,
    { relay_url, price }: { relay_url: string; price: string }
  ): Promise<RelayedTrade> {
    const traders = await logIn(businesses, "relay", new Silence())
    await useRelay(traders, relay_url)
    const partnership = await pair(traders)
    await publish(traders, partnership)
    const [{ sku, variant_id }] = traders.distributor.articles
    const trade = new RelayedTrade(traders, partnership, { sku, price: Number(price) })
    await traders.distributor.client.post(`${WHOLESALE}/catalog/items`, {
      items: [{ variant_id, wholesale_price: price, published: true }],
    })
    await traders.distributor.client.post(`${WHOLESALE}/catalog/publish`)
    await trade.offered()
    return trade
  }

  get partnership(): Partnership {
    return this.paired
  }

  /**
   * Both sides revoke the connection, and pair with a new code; the distributor approves with the same account.
   * Waits until the retailer is offered the article once more.
   */
  async pairAnew(): Promise<void> {
    const { distributor, retailer } = this.traders
    const { sells_over, buys_over, account_id } = this.paired
    await revoke(distributor, sells_over)
    await revoke(retailer, buys_over)
    this.paired = await pair(this.traders, account_id)
    await this.offered()
  }

  /** A purchase order of one piece that is placed, whatever the partner hears of it. */
  async place(): Promise<string> {
    const { client } = this.traders.retailer
    const { purchase_order } = await client.post<{ purchase_order: PurchaseOrderAnswer }>(
      `${WHOLESALE}/purchase-orders`,
      {
        connection_id: this.partnership.buys_over,
        fulfilment_method: "shipping",
        lines: [{ sku: this.article.sku, quantity: 1 }],
      }
    )
    await client.post(`${WHOLESALE}/purchase-orders/${purchase_order.id}/place`)
    return purchase_order.id
  }

  /** Waits until the retailer knows that it is accepted. */
  async accepted(id: string): Promise<PurchaseOrderAnswer> {
    return await until(async () => {
      const found = await this.purchaseOrder(id)
      return found.status === "accepted" && found.order_number ? found : undefined
    }, WITHIN)
  }

  /** The distributor approves what the retailer knows to be accepted. */
  async approve({ order_id }: PurchaseOrderAnswer): Promise<void> {
    await this.traders.distributor.client.post(`${WHOLESALE}/orders/${order_id}/approve`)
  }

  /** Waits until the retailer knows that it is approved. */
  async approved({ id }: Pick<PurchaseOrderAnswer, "id">): Promise<void> {
    await this.stands({ id }, "approved")
  }

  /** Waits until the retailer knows that its order stands so. */
  async stands({ id }: Pick<PurchaseOrderAnswer, "id">, order_status: string): Promise<void> {
    await until(
      async () => ((await this.purchaseOrder(id)).order_status === order_status ? true : undefined),
      SETTLED_WITHIN
    )
  }

  async channels(): Promise<{ distributor: ChannelAnswer; retailer: ChannelAnswer }> {
    const { distributor, retailer } = this.traders
    const { sells_over, buys_over } = this.partnership
    return { distributor: await channelOf(distributor, sells_over), retailer: await channelOf(retailer, buys_over) }
  }

  /** Waits until neither side has anything under way. */
  async settled(): Promise<void> {
    await until(async () => {
      const ends = Object.values(await this.channels())
      return ends.every(({ queued, missing }) => queued + missing === 0) ? true : undefined
    }, SETTLED_WITHIN)
  }

  get ends(): readonly Trader[] {
    return [this.traders.distributor, this.traders.retailer]
  }

  async purchaseOrder(id: string): Promise<PurchaseOrderAnswer> {
    const { purchase_order } = await this.traders.retailer.client.get<{ purchase_order: PurchaseOrderAnswer }>(
      `${WHOLESALE}/purchase-orders/${id}`
    )
    return purchase_order
  }

  /** Waits until the retailer sees the article at its price. */
  private async offered(): Promise<void> {
    const { sku, price } = this.article
    await until(async () => {
      const { items } = await this.traders.retailer.client.get<{ items: readonly { sku: string; price: number }[] }>(
        `${WHOLESALE}/suppliers/${this.partnership.buys_over}/catalog?limit=50`
      )
      return items.some((item) => item.sku === sku && item.price === price) ? true : undefined
    }, WITHIN)
  }
}

/** Revokes the store's side, unless the partner's word that it has revoked came first. */
async function revoke({ client }: Trader, connectionId: string): Promise<void> {
  const { status, body } = await client.request("POST", `${WHOLESALE}/connections/${connectionId}/revoke`)
  if (status !== 200 && !(status === 409 && JSON.stringify(body).includes('"status":"revoked"'))) {
    throw new Error(`Connection ${connectionId} was not revoked: ${status}, ${JSON.stringify(body)}`)
  }
}
