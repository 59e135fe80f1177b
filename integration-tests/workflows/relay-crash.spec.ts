import type { MedusaContainer } from "@medusajs/framework/types"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { asWholesaleError } from "../../src/lib/errors/wholesale-error"
import type { RelayClient } from "../../src/modules/wholesale-exchange/relay-client/relay-client"
import { TestRelay } from "../../src/relay-server/__tests__/helpers/test-relay"
import { sweepRelay } from "../../src/workflows/exchange/sweep-relay"
import { reconcileWorkflow } from "../../src/workflows/reconcile/reconcile"
import { startBackendProcess } from "../helpers/backend-process"
import { brokenBooks, rowsOf } from "../helpers/books"
import { carryByRelay } from "../helpers/carriers"
import { freePort } from "../helpers/free-port"
import type { CrashedChannel } from "../helpers/channel-crash-in-process"
import { ChannelEnds, channelScene, type ChannelEnd } from "../helpers/relay-crash-scenes"
import type { RelayCrashMessage, RelayCrashTask } from "../helpers/relay-crash-in-process"
import {
  ANSWER_STEPS,
  ENTER_STEPS,
  RELAY_PAIRING_DEATHS,
  RELAY_TRADE_DEATHS,
  TRADE_STEPS,
  type DeathStep,
} from "../helpers/relay-deaths"
import { startRelayNode, type RelayNode } from "../helpers/relay-node"
import { RelayStops } from "../helpers/relay-stops"
import { RelayedStores, TRADE_FLAGS } from "../helpers/relayed-stores"
import { startServerProcess } from "../helpers/server-process"
import { seedLocations, seedVariants, type SeededVariant } from "../helpers/stock-fixtures"
import { offerGoods, Trade, type Partnership } from "../helpers/trade"
import { until } from "../helpers/until"

jest.setTimeout(180_000)

// With queues and Medusa's modules in the database and in memory, also where the other specs run on Redis.
delete process.env.REDIS_URL
process.env.WHOLESALE_DEFAULT_FLAGS = TRADE_FLAGS

/** One caller, as far as the relay can tell: its address is this machine's. */
const AS_MANY_CALLERS = {
  RELAY_ATTEMPTS_PER_ADDRESS: "1000",
  RELAY_SLOTS_PER_ADDRESS: "1000",
  // A request that stops keeps its own.
  DATABASE_CONNECTIONS: "40",
}

const outcomeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => "done",
    (error: unknown) => asWholesaleError(error)?.code ?? String(error)
  )

integrationTestRunner({
  testSuite: ({ dbConfig, getContainer }) => {
    let container: MedusaContainer
    let database: TestRelay
    let relay: RelayNode
    let stores: RelayedStores
    const stops = new RelayStops()
    let distributor: Partnership["distributor"]
    let cup: SeededVariant

    const startRelay = async (port: number) =>
      await startRelayNode({
        database_url: database.url,
        port,
        preload: stops.options.preload,
        variables: { ...AS_MANY_CALLERS, ...stops.options.variables },
      })

    beforeAll(async () => {
      container = getContainer()
      database = await TestRelay.create()
      relay = await startRelay(await freePort())
      stores = new RelayedStores(container, relay.origin)
      const [location_id] = await seedLocations(container, "Warehouse")
      ;[cup] = await seedVariants(container, [{ sku: "CUP", stocked: { [location_id]: 1_000 } }])
      distributor = { ...(await open("Harbour", "distributor")), location_id }
      await stores.locate(distributor.id, location_id)
      await offerGoods(container, distributor.id, "usd", [{ variant_id: cup.variant_id, price: "10" }])
    })

    afterAll(async () => {
      await relay.kill()
      await database.destroy()
      stops.close()
    })

    const open = async (name: string, mode: "distributor" | "retailer"): Promise<Partnership["distributor"]> => ({
      id: await stores.open(name, mode),
      name,
      location_id: "",
      sales_channel_id: "",
      user: { id: "user_of_tests", email: "" },
    })

    /** A retailer that the distributor sells to. */
    const partnership = async (name: string): Promise<Partnership> => {
      const retailer = await open(name, "retailer")
      const supplier_connection_id = await stores.pair(distributor.id, retailer.id)
      await carryByRelay(container)
      await stores.approveAll(distributor.id)
      await carryByRelay(container)
      const customer = (await stores.active(distributor.id)).find(({ partner_name }) => partner_name === name)
      return {
        distributor,
        retailer,
        account_id: customer?.account_id ?? "",
        customer_connection_id: customer?.id ?? "",
        supplier_connection_id,
      }
    }

    const draft = async (partners: Partnership) =>
      await new Trade(container, partners).draft([{ sku: "CUP", quantity: 2 }])

    /** An order of the partner's that the distributor has not approved yet. */
    const pendingOrder = async (partners: Partnership): Promise<string> => {
      const trade = new Trade(container, partners)
      const id = await draft(partners)
      await trade.placeDraft(id)
      await carryByRelay(container)
      return (await trade.purchaseOrder(id)).order_id ?? ""
    }

    /** As if a minute had passed since a process died: what it had taken is free. */
    const passTime = async (): Promise<void> => {
      await rowsOf(container, "update wholesale_relay_channel set sending_until = null, send_after = null")
    }

    /** What the processes do that are started again, until nothing is left to do. */
    const recover = async (): Promise<void> => {
      await passTime()
      for (let round = 1; ; round++) {
        await sweepRelay(container)
        await carryByRelay(container)
        const { result } = await reconcileWorkflow(container).run({ input: { before: new Date().toISOString() } })
        await carryByRelay(container)
        if (result.repaired.length === 0) {
          return
        }
        if (round === 6) {
          throw new Error(`The sweeper finds no end: ${JSON.stringify(result.repaired)}`)
        }
      }
    }

    const channelAt = async (store_id: string, id: string) => await stores.exchange.retrieveChannel({ id, store_id })
    const channelOf = async ({ retailer, supplier_connection_id }: Partnership) =>
      await channelAt(retailer.id, supplier_connection_id)

    /** Messages that the relay has for a retailer, or from it. */
    const atRelay = async (partners: Partnership, way: "receive_id" | "send_id" = "receive_id"): Promise<number> => {
      const channel = await channelOf(partners)
      const [{ count }] = await database.query<{ count: string }>(
        `select count(*) from relay_message join relay_mailbox as mailbox on mailbox.id = mailbox_id
         where ${way} = $1`,
        [Buffer.from(channel[way], "base64url")]
      )
      return Number(count)
    }

    const inboxOf = async ({ retailer }: Partnership, revision: number) => {
      const [document] = await stores.exchange.listWholesaleInboxDocuments({
        store_id: retailer.id,
        document_type: "order",
        revision,
      })
      return document?.status
    }

    /** Waits of a store for a partner at the relay end once the partner's process is gone; answers how to undo that. */
    const waitWhileAlive = async (store_id: string, gone: AbortSignal): Promise<() => void> => {
      const client: RelayClient = await stores.exchange.traffic.clientOf({ store_id })
      const wait = client.waitForStep.bind(client)
      client.waitForStep = async (step, signal) => {
        try {
          return await wait(step, AbortSignal.any(signal ? [gone, signal] : [gone]))
        } catch (error) {
          if (gone.aborted) {
            return undefined
          }
          throw error
        }
      }
      return () => {
        client.waitForStep = wait
      }
    }

    /** Looks every second whether somebody enters a code of the store, and whether one can be entered still. */
    const lookOften = async (store_id: string): Promise<void> => {
      const client: RelayClient = await stores.exchange.traffic.clientOf({ store_id })
      const wait = client.waitForAttempts.bind(client)
      client.waitForAttempts = async (_, signal) => await wait({ wait_seconds: 1 }, signal)
    }

    const codeIsUsed = async (store_id: string): Promise<true | undefined> => {
      const codes = await stores.connections.listWholesalePairingCodes({ store_id, status: "used" })
      return codes.length ? true : undefined
    }

    it("loses nothing and does nothing twice, wherever in a trade or a pairing a backend is killed", async () => {
      const places = { sealed: await partnership("Sealed"), accepted: await partnership("Accepted") }
      const receives = {
        handedOut: await partnership("Handed out"),
        takenIn: await partnership("Taken in"),
        applied: await partnership("Applied"),
      }
      const task = {
        sealed: await draft(places.sealed),
        accepted: await draft(places.accepted),
        handedOut: await pendingOrder(receives.handedOut),
        takenIn: await pendingOrder(receives.takenIn),
        applied: await pendingOrder(receives.applied),
      }
      const pairs = async (names: readonly string[]) => {
        const opened = []
        for (const step of names) {
          opened.push({
            step,
            distributor: await stores.open(`Seller, ${step}`, "distributor"),
            retailer: await stores.open(`Buyer, ${step}`, "retailer"),
          })
        }
        return opened
      }
      // The distributor's backend dies, then the retailer's.
      const answered = await pairs(ANSWER_STEPS)
      const entered = await pairs(ENTER_STEPS)
      const gone = new AbortController()
      const undo = await Promise.all([
        ...answered.map(({ retailer }) => waitWhileAlive(retailer, gone.signal)),
        ...entered.map(({ distributor: seller }) => waitWhileAlive(seller, gone.signal)),
      ])
      const enteredCodes: string[] = []
      for (const { distributor: seller } of entered) {
        enteredCodes.push(await stores.generateCode(seller))
      }
      await lookOften(entered[0].distributor)
      const answering = entered.map(({ distributor: seller }) => stores.answer(seller))

      const backend = await startBackendProcess<RelayCrashMessage>({
        database_url: dbConfig.clientUrl,
        script: "relay-crash-in-process.ts",
        variables: { WHOLESALE_RELAY_WORKERS: "true" },
        task: {
          relay_url: relay.origin,
          trade: [
            { step: TRADE_STEPS[0], partnership: places.sealed, purchase_order_id: task.sealed },
            { step: TRADE_STEPS[1], partnership: places.accepted, purchase_order_id: task.accepted },
            { step: TRADE_STEPS[2], partnership: receives.handedOut, order_id: task.handedOut },
            { step: TRADE_STEPS[3], partnership: receives.takenIn, order_id: task.takenIn },
            { step: TRADE_STEPS[4], partnership: receives.applied, order_id: task.applied },
          ],
          answer: ANSWER_STEPS.map((step, index) => ({ step, store_id: answered[index].distributor })),
          enter: ENTER_STEPS.map((step, index) => ({
            step,
            store_id: entered[index].retailer,
            code: enteredCodes[index],
          })),
        } satisfies RelayCrashTask,
      })
      const { codes } = await backend.told("codes")
      const entering = answered.map(({ distributor: seller, retailer }) =>
        stores.enterCode(retailer, codes[seller]).then(
          () => "paired",
          (error: unknown) => asWholesaleError(error)?.code ?? String(error)
        )
      )
      const steps: DeathStep[] = [...TRADE_STEPS, ...ANSWER_STEPS, ...ENTER_STEPS]
      await Promise.all(steps.map((step) => backend.told("reached", (reached) => reached.step === step)))
      // Where message 3 arrived and message 4 went out, the partner has done what it has to do.
      expect(await entering[3]).toBe("paired")
      await Promise.all(entered.slice(1).map(({ distributor: seller }) => until(() => codeIsUsed(seller))))
      await backend.kill()
      gone.abort()

      // It died where it was to die.
      expect(await channelOf(places.sealed)).toMatchObject({ queued: 1, unsent: 1, sending_until: null })
      expect(await channelOf(places.accepted)).toMatchObject({ queued: 1, unsent: 1, sending_until: expect.any(Date) })
      const approved = 2
      expect([await atRelay(receives.handedOut), await inboxOf(receives.handedOut, approved)]).toEqual([1, undefined])
      expect(await inboxOf(receives.takenIn, approved)).toBe("received")
      expect([await atRelay(receives.applied), await inboxOf(receives.applied, approved)]).toEqual([1, "applied"])
      expect(await Promise.all(entering)).toEqual([
        "pairing_partner_silent",
        "pairing_partner_silent",
        "pairing_partner_silent",
        "paired",
      ])
      undo.forEach((restore) => restore())

      // People try once more: with the same code where it can still be entered, else with a new one.
      await passTime()
      for (const { distributor: seller, retailer } of answered.slice(0, 3)) {
        await stores.pair(seller, retailer)
      }
      // The first seller's code is answered by two at once from here on.
      for (const { distributor: seller, retailer } of entered.slice(0, 4)) {
        await stores.pair(seller, retailer)
      }
      await Promise.all(answering)
      await recover()
      for (const { distributor: seller } of [...answered, ...entered]) {
        await stores.approveAll(seller)
      }
      await recover()

      const partners = [...Object.values(places), ...Object.values(receives)]
      for (const pair of partners) {
        expect(await channelOf(pair)).toMatchObject({ status: "open", queued: 0, refused_count: 0 })
        expect(await new Trade(container, pair).exposure()).toMatchObject({ exposure: "20.00" })
      }
      for (const { distributor: seller, retailer } of [...answered, ...entered]) {
        const [[sells, ...moreSold], [buys, ...moreBought]] = [await stores.active(seller), await stores.active(retailer)]
        expect([moreSold, moreBought]).toEqual([[], []])
        const ends = [await channelAt(seller, sells.id), await channelAt(retailer, buys.id)]
        expect(ends[1]).toMatchObject({ status: "open", verifier: ends[0].verifier, pairing_id: ends[0].pairing_id })
      }
      expect(await brokenBooks(container, [distributor.id, ...partners.map(({ retailer }) => retailer.id)])).toEqual({})

      // Keys that a broken pairing left behind are destroyed after a day.
      await rowsOf(container, "update wholesale_relay_channel set created_at = created_at - interval '25 hours'")
      await sweepRelay(container)
      const open = await stores.exchange.listWholesaleRelayChannels({ status: "open" }, { select: ["id"], take: null })
      const connections = await stores.connections.listWholesaleConnections({}, { select: ["id"], take: null })
      expect(open.map(({ id }) => id).sort()).toEqual(connections.map(({ id }) => id).sort())
    })

    it("loses nothing and does nothing twice, wherever in a trade or a pairing the relay is killed", async () => {
      const { traffic } = stores.exchange
      const trades = []
      for (const [step, { whose, ...stop }] of Object.entries(RELAY_TRADE_DEATHS)) {
        const partners = await partnership(step)
        trades.push({ step, partners, stop, whose, order: await pendingOrder(partners) })
      }
      const pairings = []
      for (const [step, { whose, ...stop }] of Object.entries(RELAY_PAIRING_DEATHS)) {
        const [seller, buyer] = [await stores.open(`Seller, ${step}`, "distributor"), await stores.open(`Buyer, ${step}`, "retailer")]
        pairings.push({ step, stop, seller, buyer, stopped: whose === "distributor" ? seller : buyer })
      }

      for (const { step, stop, stopped } of pairings) {
        const { mailbox } = await stores.exchange.relayKeys(stopped)
        stops.add({ ...stop, step, signer: mailbox.public_key.toString("base64url") })
      }
      for (const { step, stop, whose, partners } of trades) {
        if (whose === "distributor") {
          const { send_id } = await channelAt(distributor.id, partners.customer_connection_id)
          stops.add({ ...stop, step, request: `${stop.request}${send_id}` })
        } else {
          const { mailbox } = await stores.exchange.relayKeys(partners.retailer.id)
          stops.add({ ...stop, step, signer: mailbox.public_key.toString("base64url") })
        }
      }

      const traded = trades.map(async ({ partners, order }) => {
        await new Trade(container, partners).approve(order)
        await traffic.sendQueued({ id: partners.customer_connection_id, store_id: distributor.id })
        const retailer = { store_id: partners.retailer.id, relay_url: relay.origin }
        await traffic.receiveOnce(retailer, 0)
        await traffic.receiveOnce(retailer, 0)
      })
      const answering: Promise<void>[] = []
      const paired = pairings.map(async ({ seller, buyer }) => {
        const code = await stores.generateCode(seller)
        answering.push(stores.answer(seller))
        await stores.enterCode(buyer, code)
      })
      const outcomes = Promise.all([...traded, ...paired].map(outcomeOf))
      await Promise.all([...trades, ...pairings].map(({ step }) => stops.reached(relay, step)))
      await relay.kill()
      const told = await outcomes
      // Whoever did not get through is told so, and to try again.
      expect(["done", "relay_unavailable"]).toEqual(expect.arrayContaining([...new Set(told)]))
      stops.clear()
      relay = await startRelay(relay.port)

      const unpaired = pairings.filter((_, index) => told[trades.length + index] !== "done")
      await Promise.all(unpaired.map(({ seller }) => lookOften(seller)))
      await Promise.all(unpaired.map(({ seller, buyer }) => stores.pair(seller, buyer)))
      await Promise.all(answering)
      await recover()
      for (const { seller } of pairings) {
        await stores.approveAll(seller)
      }
      await recover()

      for (const { partners, order } of trades) {
        expect(await channelOf(partners)).toMatchObject({ status: "open", queued: 0, refused_count: 0, send_failure: null })
        expect(await atRelay(partners)).toBe(0)
        expect(await new Trade(container, partners).exposure()).toMatchObject({ exposure: "20.00" })
        const [known] = await rowsOf<{ status: string }>(container, "select status from wholesale_supplier_order where order_id = ?", [order])
        expect(known).toEqual({ status: "approved" })
      }
      for (const { step, seller, buyer } of pairings) {
        const [[sells, ...moreSold], [buys, ...moreBought]] = [await stores.active(seller), await stores.active(buyer)]
        expect([step, moreSold, moreBought]).toEqual([step, [], []])
        const ends = [await channelAt(seller, sells.id), await channelAt(buyer, buys.id)]
        expect(ends[1]).toMatchObject({ status: "open", verifier: ends[0].verifier, pairing_id: ends[0].pairing_id })
      }
      const all = [distributor.id, ...trades.map(({ partners }) => partners.retailer.id)]
      expect(await brokenBooks(container, all)).toEqual({})
    })

    /** Who has mail at the relay, of stores that are known by their keys there. */
    const withMail = async (stores: ReadonlyMap<string, string>): Promise<string[]> => {
      const filled = await database.query<{ key: string }>(
        "select distinct encode(owner_key, 'hex') as key from relay_mailbox where message_count > 0"
      )
      return filled.flatMap(({ key }) => stores.get(key) ?? [])
    }

    /** What both sides of channels have to say gets there; what nobody needs any more is destroyed. */
    const carryChannels = async (): Promise<void> => {
      await passTime()
      const byKey = new Map<string, string>()
      for (const { store_id } of await stores.exchange.relaysToPoll()) {
        byKey.set((await stores.exchange.relayKeys(store_id)).mailbox.public_key.toString("hex"), store_id)
      }
      for (let moved = true; moved; ) {
        const refs = await stores.exchange.channelsToSend({ limit: 1_000 })
        for (const ref of refs) {
          await stores.exchange.traffic.sendQueued(ref)
        }
        const waiting = await withMail(byKey)
        for (const store_id of waiting) {
          await stores.exchange.traffic.receiveOnce({ store_id, relay_url: relay.origin }, 0)
        }
        moved = refs.length + waiting.length > 0
      }
      await stores.exchange.traffic.forgetClosed(1_000)
    }

    const lookAt = async ({ id, store_id }: ChannelEnd) => {
      const { status, epoch, queued, refused_count } = await channelAt(store_id, id)
      const [{ keys }] = await rowsOf<{ keys: number }>(
        container,
        "select count(session_sealed)::int as keys from wholesale_relay_channel where id = ?",
        [id]
      )
      const documents = await stores.exchange.listWholesaleInboxDocuments({ connection_id: id }, { select: ["document_id"] })
      const received = documents.map(({ document_id }) => document_id).sort()
      return keys ? { status, epoch, queued, refused_count, received } : { status, received }
    }

    it("loses nothing and does nothing twice, wherever a backend is killed that renews keys, revokes, or sends in chunks", async () => {
      const server = startServerProcess(dbConfig.clientUrl, "channel-crash-in-process.ts", relay.origin)
      await server.ready
      const crashed = await server.go<CrashedChannel[]>()
      expect(await server.ended).toBe("SIGKILL")

      const ends = new ChannelEnds(container, relay.origin)
      await carryChannels()
      for (const { scene, subject } of crashed) {
        if (channelScene(scene).epoch !== "closed") {
          for (const end of [subject.killed, subject.partner]) {
            await ends.seal(end, "then on")
            await stores.exchange.beat(end)
          }
        }
      }
      await carryChannels()

      const expected = ({ scene, role, last }: CrashedChannel) => {
        const { epoch, sent = [], received = [] } = channelScene(scene)
        const after = (documents: readonly string[]) =>
          epoch === "closed"
            ? { status: "closed", received: documents }
            : { status: "open", epoch, queued: 0, refused_count: 0, received: [...documents, "then on"].sort() }
        return { scene, role, last, killed: after(received), partner: after(sent) }
      }
      const found = []
      for (const { subject, ...crash } of crashed) {
        found.push({ ...crash, killed: await lookAt(subject.killed), partner: await lookAt(subject.partner) })
      }
      expect(found).toEqual(crashed.map(expected))
    })
  },
})
