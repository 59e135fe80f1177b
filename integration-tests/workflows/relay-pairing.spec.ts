import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createTradingStores, type TradingStores } from "../../scripts/fixture/trading-stores"
import { connectionDetail, connectionViews } from "../../src/api/views/connection"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { TestRelay } from "../../src/relay-server/__tests__/helpers/test-relay"
import { approveConnectionWorkflow } from "../../src/workflows/connection/approve-connection"
import { cancelPairingCodeWorkflow } from "../../src/workflows/connection/cancel-pairing-code"
import { decideConnectionWorkflow } from "../../src/workflows/connection/decide-connection"
import { answerPairingsWorkflow } from "../../src/workflows/connection/relay/answer-pairings"
import { generateRelayCodeWorkflow } from "../../src/workflows/connection/relay/generate-relay-code"
import { requestConnectionWorkflow } from "../../src/workflows/connection/request-connection"
import { sweepRelay } from "../../src/workflows/exchange/sweep-relay"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { brokenBooks, rowsOf } from "../helpers/books"
import { carryByRelay } from "../helpers/carriers"
import { RelayedStores } from "../helpers/relayed-stores"
import { seedLocations, seedVariants } from "../helpers/stock-fixtures"
import { offerGoods, Trade, type Partnership } from "../helpers/trade"

jest.setTimeout(180_000)

/** One caller, as far as the relay can tell: its address is this machine's. */
const AS_MANY_CALLERS = {
  RELAY_ATTEMPTS_PER_ADDRESS: "100000",
  RELAY_ATTEMPTS_OF_ALL: "100000",
  RELAY_LOOKUPS_PER_ADDRESS: "100000",
  RELAY_MAILBOXES_PER_ADDRESS: "100000",
}

/** The tables of one side of a channel, and the column that says whose their rows are. */
const ROWS_OF_A_CHANNEL = [
  ["wholesale_relay_channel", "id"],
  ["wholesale_relay_outgoing", "channel_id"],
  ["wholesale_relay_incoming", "channel_id"],
] as const

integrationTestRunner({
  testSuite: ({ getContainer }) => {
    let stores: TradingStores
    let relay: TestRelay
    let relay_url: string

    beforeAll(async () => {
      stores = await createTradingStores(getContainer())
      relay = await TestRelay.create()
      relay_url = (await relay.start(AS_MANY_CALLERS)).origin
    })

    beforeEach(async () => {
      for (const { id } of [stores.distributor, stores.retailer]) {
        await exchange().setRelay({ store_id: id, relay_url })
      }
      await relay.query("delete from relay_slot")
      await relay.query("delete from relay_limit")
    })

    afterAll(async () => await relay.destroy())

    const container = (): MedusaContainer => getContainer()
    const exchange = () => container().resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
    const connections = () => container().resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)

    const generate = async (store_id = stores.distributor.id) =>
      (await generateRelayCodeWorkflow(container()).run({ input: { store_id, actor: SYSTEM_ACTOR } })).result
    /** Answers until the store has no code that can be entered. */
    const answering = (store_id = stores.distributor.id) =>
      answerPairingsWorkflow(container()).run({ input: { store_id, relay_url } })
    const enter = async (code: string, store_id = stores.retailer.id): Promise<string> => {
      try {
        await requestConnectionWorkflow(container()).run({
          input: { store_id, code, transport: "relay", actor: SYSTEM_ACTOR },
        })
        return "paired"
      } catch (error) {
        return asWholesaleError(error)?.code ?? String(error)
      }
    }
    const anotherStore = async (name: string, mode: "retailer" | "distributor" = "retailer") => {
      const { id } = await container()
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .createStore({ name, mode, currency_code: "usd" })
      await exchange().setRelay({ store_id: id, relay_url })
      return id
    }
    /** The code with another secret, in the same slot. */
    const wrong = (code: string, last = "2") =>
      code.endsWith(last) ? `${code.slice(0, -1)}3` : `${code.slice(0, -1)}${last}`
    const channels = async () => await exchange().listWholesaleRelayChannels({})

    it("shows both sides the same verifier, under keys of their own", async () => {
      const { code } = await generate()
      const answered = answering()
      expect(await enter(code)).toBe("paired")
      await answered
      await carryByRelay(container())

      const [one, other] = await channels()
      expect(one.verifier).toMatch(/^\d{4}-\d{4}$/)
      expect(other.verifier).toBe(one.verifier)
      expect(other.pairing_id).toBe(one.pairing_id)
      expect(one.partner_identity_key).not.toBe(other.partner_identity_key)
      expect(await connections().listWholesaleConnections({ store_id: stores.distributor.id })).toMatchObject([
        { role: "distributor", transport: "relay", status: "requested", partner_name: "Corner Shop" },
      ])
    })

    it("takes a code once: not after its use, its cancelling, its time, nor at another node of the relay", async () => {
      const used = await generate()
      const answered = answering()
      expect(await enter(used.code)).toBe("paired")
      await answered
      const later = await anotherStore("Late Shop")
      expect(await enter(used.code, later)).toBe("pairing_code_not_found")
      const node = await relay.start(AS_MANY_CALLERS)
      await exchange().setRelay({ store_id: later, relay_url: node.origin })
      expect(await enter(used.code, later)).toBe("pairing_code_not_found")
      await exchange().setRelay({ store_id: later, relay_url })

      const cancelled = await generate()
      await cancelPairingCodeWorkflow(container()).run({
        input: { id: cancelled.id, store_id: stores.distributor.id },
      })
      expect(await enter(cancelled.code, later)).toBe("pairing_code_not_found")

      const expired = await generate()
      await relay.query("update relay_slot set expires_at = now() - interval '1 second' where state = 'open'")
      expect(await enter(expired.code, later)).toBe("pairing_code_not_found")
    })

    it("answers for a code five times, and not once the store's own time for it is over, whatever the relay says", async () => {
      const session = async ({ id }: { id: string }) => ({
        store_id: stores.distributor.id,
        session_id: (await connections().relaySessionOf({ id, store_id: stores.distributor.id }))?.session_id ?? "",
      })
      const late = await generate()
      await connections().updateWholesalePairingCodes({ id: late.id, expires_at: new Date(Date.now() - 1_000) })
      expect(await connections().countRelayAttempt(await session(late))).toBeUndefined()

      const guessed = await session(await generate())
      const counted = await Promise.all(Array.from({ length: 20 }, () => connections().countRelayAttempt(guessed)))
      expect(counted.filter((attempt) => attempt !== undefined)).toHaveLength(5)
    })

    it("lets one of a hundred through who enter it at once", async () => {
      const callers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => anotherStore(`Shop ${index}`))
      )
      const { code } = await generate()
      const answered = answering()
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) => enter(code, callers[index % callers.length]))
      )
      await answered
      expect(outcomes.filter((outcome) => outcome === "paired")).toHaveLength(1)
      expect(new Set(outcomes)).toEqual(new Set(["paired", "pairing_code_not_found"]))
      // One on either side: what the others began left no keys behind.
      expect(await channels()).toHaveLength(2)
    })

    it("gives a guesser five answers for a code, and another store's code is none the worse for it", async () => {
      const guesser = await anotherStore("Guesser")
      const second = await anotherStore("Second Distributor", "distributor")
      const guessed = await generate()
      const fine = await generate(second)
      const answered = [answering(), answering(second)]
      for (let guess = 0; guess < 5; guess++) {
        expect(await enter(wrong(guessed.code, "23456"[guess]), guesser)).toBe("pairing_failed")
      }
      // Right, and too late: the code has no answer left.
      expect(await enter(guessed.code)).toBe("pairing_code_not_found")
      expect(await enter(fine.code)).toBe("paired")
      await cancelPairingCodeWorkflow(container()).run({
        input: { id: guessed.id, store_id: stores.distributor.id },
      })
      await Promise.all(answered)
    })

    it("stops a store after ten wrong codes in an hour, and no other store", async () => {
      const guesser = await anotherStore("Guesser")
      const { code } = await generate()
      const answered = answering()
      // Another slot: nobody has opened it.
      const nobodys = `${code.startsWith("2") ? "3" : "2"}${code.slice(1)}`
      for (let guess = 0; guess < 10; guess++) {
        expect(await enter(nobodys, guesser)).toBe("pairing_code_not_found")
      }
      expect(await enter(code, guesser)).toBe("pairing_guesses_exceeded")
      expect(await enter(code)).toBe("paired")
      await answered
    })

    it.each([
      ["the retailer's beginning", "message_1"],
      ["the distributor's answer", "message_2"],
      ["the retailer's proof", "message_3"],
      ["the distributor's proof", "message_4"],
    ])("pairs nobody where the relay changes a bit of %s", async (_, message) => {
      const { id, code } = await generate()
      const answered = answering()
      await relay.query("create table lies as select 1 as told where false")
      await relay.query(`create or replace function lie() returns trigger language plpgsql as $$ begin
        if new.${message} is not null and not exists (select 1 from lies) then
          insert into lies values (1);
          new.${message} := set_byte(new.${message}, 20, get_byte(new.${message}, 20) # 1);
        end if;
        return new;
      end $$`)
      await relay.query("create trigger lie before insert or update on relay_attempt for each row execute function lie()")
      try {
        expect(["pairing_failed", "pairing_code_not_found"]).toContain(await enter(code))
        expect(await relay.query("select told from lies")).toHaveLength(1)
      } finally {
        await relay.query("drop trigger lie on relay_attempt")
        await relay.query("drop table lies")
      }
      await carryByRelay(container())
      expect(await connections().listWholesaleConnections({ store_id: stores.retailer.id })).toEqual([])
      expect(await connections().listWholesaleConnections({ status: "active" })).toEqual([])
      await connections().expirePairingCodes()
      const [left] = await connections().listWholesalePairingCodes({ id, status: "active" })
      if (left) {
        await cancelPairingCodeWorkflow(container()).run({ input: { id, store_id: stores.distributor.id } })
      }
      await answered
    })

    it("ends a pairing that nobody stands behind after a day, and no other", async () => {
      const { code } = await generate()
      const answered = answering()
      expect(await enter(code)).toBe("paired")
      await answered
      // As if the retailer's process had died before it asked for the connection.
      const [asked] = await connections().listWholesaleConnections({ store_id: stores.retailer.id })
      await connections().deleteWholesaleConnections(asked.id)
      await sweepRelay(container())
      expect((await channels()).map(({ status }) => status)).toEqual(["open", "open"])

      await container()
        .resolve(ContainerRegistrationKeys.PG_CONNECTION)
        .raw("update wholesale_relay_channel set created_at = created_at - interval '25 hours' where store_id = ?", [
          stores.retailer.id,
        ])
      expect(await sweepRelay(container())).toContainEqual("1 pairings that nobody stood behind were ended")
      await carryByRelay(container())
      const statuses = Object.fromEntries((await channels()).map(({ store_id, status }) => [store_id, status]))
      expect(statuses[stores.retailer.id]).not.toBe("open")
    })

    describe("stores that pair again", () => {
      let relayed: RelayedStores
      let partners: Partnership
      let trade: Trade

      const pairAndApprove = async (account_id?: string): Promise<void> => {
        const supplier_connection_id = await relayed.pair(stores.distributor.id, stores.retailer.id)
        await carryByRelay(container())
        const [{ id }] = await connections().listWholesaleConnections({
          store_id: stores.distributor.id,
          status: "requested",
        })
        await approveConnectionWorkflow(container()).run({
          input: { id, store_id: stores.distributor.id, account_id, credit_limit: "100000", actor: SYSTEM_ACTOR },
        })
        await settle()
        const approved = await connections().activeConnection(stores.distributor.id, id)
        partners = {
          ...stores,
          account_id: approved.account_id ?? "",
          customer_connection_id: id,
          supplier_connection_id,
        }
        trade = new Trade(container(), partners)
      }
      /** What is announced is carried, applied and answered, until nothing is left to do. */
      const settle = async (): Promise<void> => {
        await carryByRelay(container())
        await reconcileWorkflow(container()).run({ input: { before: new Date().toISOString() } })
        await carryByRelay(container())
      }
      /** A heartbeat each way, as after a minute. */
      const beat = async (): Promise<void> => {
        await rowsOf(container(), "update wholesale_relay_channel set heartbeat_due_at = now(), gap_asked_at = null")
        await exchange().beatDue({ limit: 100 })
        await settle()
      }
      const revokeBoth = async (): Promise<void> => {
        for (const { id, store_id } of await connections().listWholesaleConnections({ effective_status: "active" })) {
          await decideConnectionWorkflow(container()).run({ input: { id, store_id, event: "revoke", actor: SYSTEM_ACTOR } })
        }
      }
      const contradict = async (): Promise<void> => {
        await rowsOf(container(), "update wholesale_relay_channel set status = 'desync', desync_reason = 'chain'")
      }
      const place = async (quantity: number): Promise<string> => {
        const id = await trade.draft([{ sku: "CUP", quantity }])
        await trade.placeDraft(id)
        await settle()
        return id
      }
      const orderOf = async (id: string): Promise<string> => (await trade.purchaseOrder(id)).order_id ?? ""
      const books = () => brokenBooks(container(), [stores.distributor.id, stores.retailer.id])

      beforeEach(async () => {
        relayed = new RelayedStores(container(), relay_url)
        const [location_id] = await seedLocations(container(), "Warehouse")
        const [cup] = await seedVariants(container(), [{ sku: "CUP", stocked: { [location_id]: 1_000 } }])
        await relayed.locate(stores.distributor.id, location_id)
        await offerGoods(container(), stores.distributor.id, "usd", [{ variant_id: cup.variant_id, price: "10" }])
        await pairAndApprove()
      })

      it("do not while they are connected, and leave the code for others", async () => {
        const { code } = await generate()
        const answered = answering()
        expect(await enter(code)).toBe("already_connected")
        expect(await channels()).toHaveLength(2)
        expect(await enter(code, await anotherStore("Other Shop"))).toBe("paired")
        await answered
      })

      it("go on with what was open between them: each order once, with all that was announced meanwhile", async () => {
        const [first, waiting, asked, invoiced] = [await place(1), await place(2), await place(3), await place(4)]
        await trade.askToCancel(asked)
        await settle()
        await trade.refuseToCancel(await orderOf(asked))
        const invoice = await trade.deliver(await orderOf(invoiced))
        await trade.pay(invoice, "15")
        const draft = await trade.draft([{ sku: "CUP", quantity: 5 }])
        await settle()
        expect(await books()).toEqual({})
        const orders = await rowsOf(container(), "select id, number from wholesale_order order by id")

        await contradict()
        await trade.approve(await orderOf(first))
        const meanwhile = await trade.draft([{ sku: "CUP", quantity: 6 }])
        await trade.placeDraft(meanwhile)
        await carryByRelay(container())
        expect((await trade.purchaseOrder(first)).order_status).toBe("pending")
        await revokeBoth()
        await pairAndApprove(partners.account_id)
        await settle()

        expect((await trade.purchaseOrder(first)).order_status).toBe("approved")
        expect((await trade.purchaseOrder(meanwhile)).status).toBe("accepted")
        expect(await rowsOf(container(), "select id, number from wholesale_order where purchase_order_id <> ? order by id", [meanwhile])).toEqual(orders)
        expect((await trade.order(await orderOf(asked))).cancel_requested_at).toBeNull()
        expect((await trade.order(await orderOf(waiting))).connection_id).toBe(partners.customer_connection_id)

        await trade.pay(invoice, "25")
        await trade.pack(await orderOf(first))
        await trade.ship(await orderOf(first))
        await trade.placeDraft(draft)
        await settle()
        expect((await trade.purchaseOrder(first)).order_status).toBe("shipped")
        expect((await trade.purchaseOrder(draft)).status).toBe("accepted")
        expect(await books()).toEqual({})
        const left = await rowsOf(container(), "select id from wholesale_order where connection_id <> ?", [
          partners.customer_connection_id,
        ])
        expect(left).toEqual([])
      })

      it("see that nothing opens any more once one of them comes back from a backup older than their keys, and go on over a new connection", async () => {
        const sides = [
          { store_id: stores.distributor.id, id: partners.customer_connection_id },
          { store_id: stores.retailer.id, id: partners.supplier_connection_id },
        ]
        const [restored] = sides
        const seen = async () => {
          const details = await Promise.all(sides.map(({ store_id, id }) => connectionDetail(container(), store_id, id)))
          const lists = await Promise.all(
            sides.map(async ({ id }) => await connectionViews(container(), await connections().listWholesaleConnections({ id })))
          )
          const summaries = await Promise.all(sides.map(({ store_id }) => exchange().channelSummary(store_id)))
          return sides.map((_, side) => ({
            page: details[side].channel,
            listed: lists[side].map(({ channel_status }) => channel_status),
            counted: { open: summaries[side].open, unreadable: summaries[side].unreadable },
          }))
        }
        const before = await place(1)
        for (const [table, column] of ROWS_OF_A_CHANNEL) {
          await rowsOf(container(), `create table backup_of_${table} as select * from ${table} where ${column} = ?`, [restored.id])
        }
        await exchange().rekey(restored)
        await beat()
        await beat()
        const under = await place(2)
        expect(await seen()).toMatchObject(
          sides.map(() => ({ page: { status: "open", epoch: 1, unreadable: null }, listed: ["open"], counted: { open: 1, unreadable: 0 } }))
        )

        for (const [table, column] of ROWS_OF_A_CHANNEL) {
          await rowsOf(container(), `delete from ${table} where ${column} = ?`, [restored.id])
          await rowsOf(container(), `insert into ${table} select * from backup_of_${table}`)
        }
        const began = Date.now()
        // A message for each heartbeat of the partner, and three make it certain.
        for (let heartbeats = 0; heartbeats < 3; heartbeats++) {
          await beat()
        }
        const unreadable = { since: expect.any(Date), messages: 3 }
        expect(await seen()).toMatchObject(
          sides.map(() => ({
            page: { status: "unreadable", unreadable, refused_count: 3 },
            listed: ["unreadable"],
            counted: { open: 0, unreadable: 1 },
          }))
        )
        for (const { page } of await seen()) {
          expect(page?.unreadable?.since?.getTime()).toBeGreaterThanOrEqual(began)
        }
        const meanwhile = await place(3)
        expect((await trade.purchaseOrder(meanwhile)).status).toBe("placed")

        await revokeBoth()
        await pairAndApprove(partners.account_id)
        await settle()
        for (const id of [before, under, meanwhile]) {
          expect((await trade.purchaseOrder(id)).status).toBe("accepted")
        }
        expect(await rowsOf(container(), "select id from wholesale_order")).toHaveLength(3)
        expect(await books()).toEqual({})
        expect(await seen()).toMatchObject(sides.map(() => ({ counted: { open: 1, unreadable: 0 } })))
      })

      it("go on when their relay comes back from an older backup: nothing is lost, and nothing comes twice", async () => {
        const side = { store_id: stores.retailer.id, id: partners.supplier_connection_id }
        const placeAndSend = async (): Promise<string> => {
          const id = await trade.draft([{ sku: "CUP", quantity: 1 }])
          await trade.placeDraft(id)
          await exchange().traffic.sendQueued(side)
          return id
        }
        const fetched = await placeAndSend()
        for (const table of ["relay_mailbox", "relay_message"]) {
          await relay.query(`create table backup_of_${table} as table ${table}`)
        }
        await settle()
        const lost = await placeAndSend()
        for (const table of ["relay_mailbox", "relay_message"]) {
          await relay.query(`truncate ${table}`)
          await relay.query(`insert into ${table} select * from backup_of_${table}`)
          await relay.query(`drop table backup_of_${table}`)
        }
        expect(await relay.query("select 1 from relay_message")).toHaveLength(1)

        await settle()
        expect((await trade.purchaseOrder(lost)).status).toBe("placed")
        await beat()
        await beat()
        for (const id of [fetched, lost]) {
          expect((await trade.purchaseOrder(id)).status).toBe("accepted")
        }
        expect(await rowsOf(container(), "select id from wholesale_order")).toHaveLength(2)
        expect(await books()).toEqual({})
        expect((await channels()).map(({ status, refused_count }) => [status, refused_count])).toEqual([
          ["open", 0],
          ["open", 0],
        ])

        // A mailbox that was made after the backup is gone: that is seen, and what was for it waits.
        await relay.query("delete from relay_mailbox")
        await placeAndSend()
        expect(await exchange().retrieveChannel(side)).toMatchObject({
          unsent: 1,
          send_failure: expect.stringContaining("has to be made anew"),
          send_after: expect.any(Date),
        })
      })
    })

    it("keeps the secret part of a code in no table of the relay, and erases it here once it is used", async () => {
      const { id, code } = await generate()
      const answered = answering()
      expect(await enter(code)).toBe("paired")
      await answered
      const rows = await relay.query<Record<string, unknown>>("select * from relay_slot, relay_attempt")
      expect(JSON.stringify(rows)).not.toContain(code.slice(3))
      const kept = await connections().retrieveWholesalePairingCode(id)
      expect(kept).toMatchObject({ status: "used", secret_encrypted: null })
    })
  },
})
