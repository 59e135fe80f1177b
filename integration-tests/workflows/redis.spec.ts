import { Modules } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createStockedProducts } from "../../scripts/fixture/products"
import { createTradingStores } from "../../scripts/fixture/trading-stores"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { describeWithRedis } from "../helpers/redis"
import { connectStores, offerGoods, Trade } from "../helpers/trade"
import { until } from "../helpers/until"

jest.setTimeout(180_000)

describeWithRedis("with Medusa's Redis modules", () => {
  integrationTestRunner({
    testSuite: ({ getContainer }) => {
      it("mirrors a paid invoice by the event alone, the sweeper not having run", async () => {
        const container = getContainer()
        expect(container.resolve(Modules.EVENT_BUS).constructor.name).toMatch(/redis/i)
        const stores = await createTradingStores(container)
        const [variant] = await createStockedProducts(container, stores.distributor.location_id, [
          { title: "Lantern", sku: "LANTERN", stock: 50 },
        ])
        const trade = new Trade(container, await connectStores(container, stores, "5000"))
        await offerGoods(container, stores.distributor.id, "usd", [
          { variant_id: variant.variant_id, price: "100" },
        ])
        const invoice = await trade.deliver(await trade.place({ sku: "LANTERN", quantity: 12 }))
        await trade.pay(invoice, "1200")

        const mirror = await until(async () => {
          const { mirrors } = await container
            .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
            .listMirrors({ store_id: stores.distributor.id, invoice_id: invoice.id })
          return mirrors.find(({ status }) => status === "made")
        })
        expect(mirror).toMatchObject({ total: "1200.00" })
      })
    },
  })
})
