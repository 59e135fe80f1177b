import type { MedusaContainer } from "@medusajs/framework/types"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createTradingStores, type TradingStore, type TradingStores } from "../../scripts/fixture/trading-stores"
import recover from "../../src/commands/recover"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import { connectionId } from "../../src/modules/wholesale-connection/domain/connection-id"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { announce } from "../../src/trade/announce"
import type { Envelope } from "../../src/trade/documents/envelope"
import { receiveDocument } from "../../src/trade/receive-document"
import { decideConnectionWorkflow } from "../../src/workflows/connection/decide-connection"
import { issueCreditNoteWorkflow } from "../../src/workflows/invoice/issue-credit-note"
import { receivePurchaseOrderWorkflow } from "../../src/workflows/purchase/receive-purchase-order"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { setFeatureFlagWorkflow } from "../../src/workflows/store/set-feature-flag"
import { updateStoreWorkflow } from "../../src/workflows/store/update-store"
import { brokenBooks, rowsOf } from "../helpers/books"
import { BrokenConnection } from "../helpers/broken-connection"
import { seedVariants } from "../helpers/stock-fixtures"
import { connectStores, offerGoods, Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(120_000)

integrationTestRunner({
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

    describe("a store whose profile changes", () => {
      let distributor: TradingStore
      let partnership: Partnership

      beforeEach(async () => {
        distributor = stores.distributor
        partnership = await connectStores(container, stores, "5000")
      })

      const rename = (name: string) =>
        updateStoreWorkflow(container).run({ input: { id: distributor.id, changes: { name }, actor: SYSTEM_ACTOR } })
      const storeName = async () =>
        (await container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(distributor.id)).name
      const broken = () => brokenBooks(container, [distributor.id])
      const distributorSide = () => connections.retrieveWholesaleConnection(partnership.customer_connection_id)

      it("is known to its partners at once, by one revision a change", async () => {
        const { revision } = await distributorSide()
        await rename("Harbour Wholesale")
        await updateStoreWorkflow(container).run({
          input: { id: distributor.id, changes: { name: "Harbour Wholesale", default_terms: { type: "net", days: 14 } }, actor: SYSTEM_ACTOR },
        })
        expect(await distributorSide()).toMatchObject({ revision: revision + 1, announced_revision: revision + 1 })
        expect(await broken()).toEqual({})
      })

      it("is known to them after a crash when anything was committed, once the sweeper has run", async () => {
        const connection = new BrokenConnection(container)
        for (let statement = 1; ; statement++) {
          const before = await storeName()
          const name = `Harbour ${statement}`
          const cut = await connection.during(statement, "committed", () => rename(name))
          // Applying that failed would be tried again after five seconds.
          await rowsOf(container, "update wholesale_inbox_document set next_attempt_at = now() where status = 'failed'")
          await reconcileWorkflow(container).run({ input: { before: new Date().toISOString() } })
          expect([before, name]).toContain(await storeName())
          expect({ statement, cut, broken: await broken() }).toEqual({ statement, cut, broken: {} })
          if (cut === undefined) {
            expect(await storeName()).toBe(name)
            break
          }
        }
      })

      it("comes under a revision of its own, also where the one before is sent again", async () => {
        const { id, revision } = await distributorSide()
        // Sent, and died before it was noted; then the profile changed, and died before any connection was raised.
        await rowsOf(container, "update wholesale_connection set announced_revision = 0 where id = ?", [id])
        await container
          .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
          .updateStore(distributor.id, { name: "Harbour Wholesale" })
        await announce(container, { type: "connection", id })
        expect(await distributorSide()).toMatchObject({ revision: revision + 1, announced_revision: revision + 1 })
        await sweep()
        expect(await broken()).toEqual({})
        expect((await distributorSide()).revision).toBe(revision + 1)
      })

      it("leaves the partner of a connection that has ended in peace", async () => {
        const { customer_connection_id: id } = partnership
        await decideConnectionWorkflow(container).run({
          input: {
            id,
            store_id: distributor.id,
            event: "revoke",
            actor: { actor_type: "user", actor_id: distributor.user.id },
          },
        })
        const { revision } = await distributorSide()
        await rename("Harbour Wholesale")
        expect(await distributorSide()).toMatchObject({ revision, announced_revision: revision })
        expect(await broken()).toEqual({})
      })
    })

    describe("partners who were restored from a backup", () => {
      const TABLES = [
        "wholesale_connection",
        "wholesale_catalog_publication",
        "wholesale_purchase_order",
        "wholesale_order_response",
        "wholesale_order",
        "wholesale_receipt",
        "wholesale_invoice",
        "wholesale_credit_note",
        "wholesale_payment",
      ]
      /** Where the retailer keeps the distributor's documents: table, the columns' prefix, rows. */
      const KEPT: readonly (readonly [string, string, number])[] = [
        ["wholesale_connection", "partner_", 1],
        ["wholesale_supplier_catalog", "", 1],
        ["wholesale_purchase_order", "response_", 1],
        ["wholesale_supplier_order", "", 1],
        ["wholesale_bill", "document_", 1],
        ["wholesale_bill_document", "document_", 2],
      ]

      const trade = async () => {
        const { distributor, retailer } = stores
        const [{ variant_id }] = await seedVariants(container, [
          { sku: "CUP", stocked: { [distributor.location_id]: 50 } },
        ])
        const partnership = await connectStores(container, stores, "5000")
        await offerGoods(container, distributor.id, "usd", [{ variant_id, price: "10" }])
        const partners = new Trade(container, partnership)
        const purchase_order_id = await partners.draft([{ sku: "CUP", quantity: 2 }])
        await partners.placeDraft(purchase_order_id)
        const { order_id, lines } = await partners.purchaseOrder(purchase_order_id)
        const invoice = await partners.deliver(order_id ?? "")
        await receivePurchaseOrderWorkflow(container).run({
          input: {
            store_id: retailer.id,
            purchase_order_id,
            lines: [{ line_id: lines[0].id, received: 1, short: 1, damaged: 0 }],
            actor: { actor_type: "user", actor_id: retailer.user.id },
          },
        })
        await issueCreditNoteWorkflow(container).run({
          input: {
            store_id: distributor.id,
            invoice_id: invoice.id,
            scope: { amount: "10" },
            reason: "One came short.",
            actor: { actor_type: "user", actor_id: distributor.user.id },
          },
        })
        await partners.pay(invoice, "10")
      }
      /** Their books are those of the day of the backup, when no document had been changed yet. */
      const restore = async () => {
        await recover({ container, args: ["restored"] })
        for (const table of TABLES) {
          await rowsOf(container, `update ${table} set revision = 1, announced_revision = 0`)
        }
      }

      it("are followed in each document, although its revision is lower than the one known", async () => {
        await trade()
        await sweep()
        expect(await brokenBooks(container, [stores.distributor.id])).toEqual({})
        await restore()
        await sweep()
        const applied = await rowsOf<{ document_type: string }>(
          container,
          `select distinct document_type from wholesale_inbox_document
            where incarnation = 2 and revision = 1 and status = 'applied' order by 1`
        )
        expect(applied.map(({ document_type }) => document_type)).toEqual([
          "catalog", "connection", "credit_note", "invoice", "order", "order_response", "payment",
          "purchase_order", "receipt",
        ])
        for (const [table, prefix, rows] of KEPT) {
          const kept = await rowsOf(
            container,
            `select ${prefix}incarnation as incarnation, ${prefix}revision as revision
               from ${table} where store_id = ?`,
            [stores.retailer.id]
          )
          expect({ table, kept }).toEqual({
            table,
            kept: Array.from({ length: rows }, () => ({ incarnation: 2, revision: 1 })),
          })
        }
        expect(await brokenBooks(container, [stores.distributor.id])).toEqual({})
      })
    })

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

      it("waits while the feature is off, touches nothing, and goes on once it is on", async () => {
        const flag = (enabled: boolean) =>
          setFeatureFlagWorkflow(container).run({
            input: {
              flag: "retailer_connections",
              store_id: stores.distributor.id,
              enabled,
              actor: SYSTEM_ACTOR,
            },
          })
        const pairing_id = await claimed()
        await flag(false)
        const { id } = await receive(pairing_id, PARTNER)
        await sweep()
        await sweep()
        expect(await exchange.retrieveWholesaleInboxDocument(id)).toMatchObject({
          status: "received",
          attempts: 0,
          error: "Waits for the feature retailer_connections, which is off.",
        })
        expect(await sides(pairing_id)).toEqual([])

        await flag(true)
        await sweep()
        expect(await exchange.retrieveWholesaleInboxDocument(id)).toMatchObject({ status: "applied", error: null })
        expect(await sides(pairing_id)).toHaveLength(1)
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
