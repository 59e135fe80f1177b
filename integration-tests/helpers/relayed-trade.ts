import type { SeededStores } from "../../scripts/demo/seed"
import type { ChannelAnswer, PurchaseOrderAnswer } from "../../scripts/demo/steps/answers"
import { channelOf, useRelay } from "../../scripts/demo/steps/channels"
import { pair, publish, type Partnership } from "../../scripts/demo/steps/pairing"
import { logIn, WHOLESALE, type Trader, type Traders } from "../../scripts/demo/steps/traders"
import { Terminal } from "../../scripts/demo/terminal"
import { until } from "./until"

/** Steps may take until a sweeper has come by, and until a relay was left alone for as long as it asked. */
const WITHIN = 30_000
/** A receipt that was lost is made good by a heartbeat, which comes every minute. */
const SETTLED_WITHIN = 120_000

class Silence extends Terminal {
  override line(): void {}
}

/** Two stores of one backend that reach each other by a relay alone, over HTTP. */
export class RelayedTrade {
  private constructor(
    readonly traders: Traders,
    readonly partnership: Partnership,
    private readonly sku: string
  ) {}

  /** Sets the relay and pairs, unless the stores are paired; offers one article at a price of its own. */
  static async begin(
    { url, seeded }: { url: string; seeded: SeededStores },
    { relay_url, price }: { relay_url: string; price: string }
  ): Promise<RelayedTrade> {
    const [distributor, retailer] = seeded.stores
    const businesses = { distributor: { url, store: distributor }, retailer: { url, store: retailer } }
    const traders = await logIn(businesses, "relay", new Silence())
    await useRelay(traders, relay_url)
    const partnership = await pair(traders)
    await publish(traders, partnership)
    const [{ sku, variant_id }] = traders.distributor.articles
    const trade = new RelayedTrade(traders, partnership, sku)
    await traders.distributor.client.post(`${WHOLESALE}/catalog/items`, {
      items: [{ variant_id, wholesale_price: price, published: true }],
    })
    await traders.distributor.client.post(`${WHOLESALE}/catalog/publish`)
    await until(async () => ((await trade.priceSeen()) === Number(price) ? true : undefined), WITHIN)
    return trade
  }

  /** A purchase order of one piece that is placed, whatever the partner hears of it. */
  async place(): Promise<string> {
    const { client } = this.traders.retailer
    const { purchase_order } = await client.post<{ purchase_order: PurchaseOrderAnswer }>(
      `${WHOLESALE}/purchase-orders`,
      {
        connection_id: this.partnership.buys_over,
        fulfilment_method: "shipping",
        lines: [{ sku: this.sku, quantity: 1 }],
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
    await until(async () => ((await this.purchaseOrder(id)).order_status === "approved" ? true : undefined), WITHIN)
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

  private async purchaseOrder(id: string): Promise<PurchaseOrderAnswer> {
    const { purchase_order } = await this.traders.retailer.client.get<{ purchase_order: PurchaseOrderAnswer }>(
      `${WHOLESALE}/purchase-orders/${id}`
    )
    return purchase_order
  }

  private async priceSeen(): Promise<number | undefined> {
    const { items } = await this.traders.retailer.client.get<{ items: readonly { sku: string; price: number }[] }>(
      `${WHOLESALE}/suppliers/${this.partnership.buys_over}/catalog?limit=50`
    )
    return items.find(({ sku }) => sku === this.sku)?.price
  }
}
