import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaIntegrationTestRunner } from "@medusajs/test-utils"

import { createTradingStores, type TradingStores } from "../../scripts/fixture/trading-stores"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import { connectionId } from "../../src/modules/wholesale-connection/domain/connection-id"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import type { Envelope } from "../../src/trade/documents/envelope"
import { receiveDocument } from "../../src/trade/receive-document"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"

jest.setTimeout(120_000)

medusaIntegrationTestRunner({
  testSuite: ({ getContainer }) => {
    let container: MedusaContainer
    let stores: TradingStores
    let connections: WholesaleConnectionModuleService
    let exchange: WholesaleExchangeModuleService

    beforeAll(async () => {
      stores = await createTradingStores(getContainer())
    })

    beforeEach(() => {
      container = getContainer()
      connections = container.resolve(WHOLESALE_CONNECTION)
      exchange = container.resolve(WHOLESALE_EXCHANGE)
    })

    const sweep = () => reconcileWorkflow(container).run({ input: {} })

    describe("a partner whose books are on another backend", () => {
      const PARTNER = "whstore_elsewhere"

      /** The partner has entered a code of the distributor. */
      const claimed = async (): Promise<string> => {
        const { code } = await connections.generatePairingCode({
          store_id: stores.distributor.id,
          actor: { actor_type: "user", actor_id: stores.distributor.user.id },
        })
        return (await connections.claimPairingCode({ code, caller_store_id: PARTNER })).id
      }
      /** The partner's side of the pairing, as a transport hands it over. */
      const receive = (pairing_id: string, sender_id: string) => {
        const document: Envelope = {
          type: "connection",
          id: connectionId(PARTNER, pairing_id),
          revision: 1,
          incarnation: 1,
          issued_at: "2026-11-21T10:00:00.000Z",
          body: {
            version: 1,
            pairing_id,
            role: "retailer",
            event: "request",
            status: "active",
            reason: null,
            requested_at: "2026-11-21T10:00:00.000Z",
            profile: {
              version: 1,
              name: "Far Shop",
              mode: "retailer",
              currency_code: "usd",
              email: null,
              phone: null,
              tax_number: null,
              address: null,
            },
          },
        }
        return receiveDocument(
          exchange,
          {
            store_id: stores.distributor.id,
            connection_id: connectionId(stores.distributor.id, pairing_id),
            sender_id,
          },
          document
        )
      }
      const sides = (pairing_id: string) => connections.listWholesaleConnections({ pairing_id })

      it("opens a connection by its document alone, also when the sweeper applies it", async () => {
        const pairing_id = await claimed()
        const { id } = await receive(pairing_id, PARTNER)
        await sweep()
        expect(await exchange.retrieveWholesaleInboxDocument(id)).toMatchObject({ status: "applied", error: null })
        expect(await sides(pairing_id)).toMatchObject([
          {
            store_id: stores.distributor.id,
            role: "distributor",
            partner_store_id: PARTNER,
            partner_name: "Far Shop",
            effective_status: "requested",
          },
        ])
      })

      it("opens nothing by a document that another store has sent", async () => {
        const pairing_id = await claimed()
        const { id } = await receive(pairing_id, stores.retailer.id)
        await sweep()
        expect(await exchange.retrieveWholesaleInboxDocument(id)).toMatchObject({
          status: "failed",
          error: `Connection ${connectionId(PARTNER, pairing_id)} is not the side of ${stores.retailer.id}, which sent it.`,
        })
        expect(await sides(pairing_id)).toEqual([])
      })
    })
  },
})
