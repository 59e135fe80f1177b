import { randomBytes } from "node:crypto"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { anotherProcess, document, hostedProcess, openPair, RELAY, sides, type Pair } from "./relay-sides"

jest.setTimeout(120_000)

const mockWorkers: { start: jest.Mock; close: jest.Mock }[] = []
jest.mock("../workers/relay-workers", () => ({
  RelayWorkers: class {
    readonly start = jest.fn()
    readonly close = jest.fn()
    readonly wakeReceiving = async () => {}
    constructor() {
      mockWorkers.push(this)
    }
  },
}))

const MASTER_KEY = randomBytes(32).toString("base64")

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: MASTER_KEY },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, outgoing, takeIn, channel, carry, settle, beatBoth, revisions, inbox } = sides(
      service,
      MikroOrmWrapper
    )
    /** Two processes more than the one of the others' verbs. */
    const processes = () =>
      [service, anotherProcess(service, { masterKey: MASTER_KEY }), anotherProcess(service, { masterKey: MASTER_KEY })].map(
        (process) => ({ process, ...sides(process, MikroOrmWrapper) })
      )
    let pair: Pair
    beforeEach(async () => {
      pair = await openPair(service)
    })
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)
    const numbers = (rows: readonly { document_id: string }[]) =>
      rows.map(({ document_id }) => Number(document_id.slice(4))).sort((left, right) => left - right)

    it("the same messages taken in by several at once are taken once", async () => {
      await seal(pair.distributor, ...range(1, 40).map((number) => document(1, { id: `doc_${number}` })))
      const messages = await outgoing(pair.distributor)
      const answers = await Promise.all(
        [...processes(), ...processes()].map((it, index) =>
          it.takeIn(pair.retailer, index % 2 ? messages : [...messages].reverse())
        )
      )
      expect(numbers(await inbox(pair.retailer))).toEqual(range(1, 40))
      expect(answers.flatMap((answer) => answer?.inbox_ids ?? [])).toHaveLength(40)
      expect(await channel(pair.retailer)).toMatchObject({ received_sequence: 40, status: "open", refused_count: 0 })
      await settle(pair)
      expect(await channel(pair.distributor)).toMatchObject({ acknowledged_sequence: 40, queued: 0 })
    })

    it("parts of a document taken in by several at once make it whole once", async () => {
      const text = "x".repeat(2_000_000)
      await seal(pair.distributor, document(1, { body: { text } }), document(2, { body: { text } }))
      const messages = await outgoing(pair.distributor)
      const halves = [messages.slice(0, 10), messages.slice(5), messages.slice(8, 12), messages]
      await Promise.all(processes().flatMap((it) => halves.map((half) => it.takeIn(pair.retailer, half))))
      expect(await revisions(pair.retailer)).toEqual([1, 2])
      expect(await channel(pair.retailer)).toMatchObject({ received_sequence: messages.length, status: "open" })
    })

    it("documents sealed by several at once have a sequence without gaps, each once", async () => {
      await Promise.all(
        range(0, 17).map((call) =>
          processes()[call % 3].seal(
            pair.distributor,
            ...range(1, 5).map((number) => document(1, { id: `doc_${5 * call + number}` })),
            document(1, { id: "doc_91" })
          )
        )
      )
      const rows = await execute<{ sequence: number }>(
        "select sequence from wholesale_relay_outgoing where not is_aside order by sequence"
      )
      expect(rows.map(({ sequence }) => sequence)).toEqual(range(1, 91))
      await settle(pair)
      expect(numbers(await inbox(pair.retailer))).toEqual(range(1, 91))
    })

    it("new keys offered by several at once on both sides are one epoch", async () => {
      const offered = await Promise.all(
        processes().flatMap(({ process }) => [process.rekey(pair.distributor), process.rekey(pair.retailer)])
      )
      expect(offered.filter((it) => it)).toHaveLength(2)
      await settle(pair)
      await beatBoth(pair)
      expect(await channel(pair.distributor)).toMatchObject({ epoch: 1, status: "open" })
      expect(await channel(pair.retailer)).toMatchObject({ epoch: 1, status: "open" })
    })

    it("who seals, sends, takes in, asks, offers keys and beats at once stands in nobody's way", async () => {
      const { distributor, retailer } = pair
      const all = processes()
      for (let round = 0; round < 15; round++) {
        const name = (side: number, index: number) => ({ id: `doc_${10 * round + 5 * side + index + 1}` })
        await Promise.all([
          all[0].seal(distributor, ...range(0, 4).map((index) => document(1, name(0, index)))),
          all[1].seal(retailer, ...range(0, 4).map((index) => document(1, name(1, index)))),
          all[1].process.beat(distributor),
          all[2].process.beat(retailer),
          ...all.flatMap((it) => [it.carry(distributor, retailer), it.carry(retailer, distributor)]),
          ...(round % 5 === 4 ? [all[2].process.rekey(retailer), all[0].process.rekey(distributor)] : []),
        ])
      }
      // Each batch that two handed out at once came in any order: some of it was early, none is lost.
      await beatBoth(pair)
      await beatBoth(pair)
      expect(numbers(await inbox(retailer))).toEqual(range(1, 150).filter((number) => (number - 1) % 10 < 5))
      expect(numbers(await inbox(distributor))).toEqual(range(1, 150).filter((number) => (number - 1) % 10 >= 5))
      expect([(await channel(distributor)).queued, (await channel(retailer)).queued]).toEqual([0, 0])
    })

    it("what is marked as sent while its receipt comes in locks nobody out", async () => {
      const { distributor, retailer } = pair
      for (let round = 0; round < 20; round++) {
        await seal(distributor, ...range(1, 100).map((number) => document(round + 1, { id: `doc_${number}` })))
        const due = await service.dueMessages(distributor.id)
        await takeIn(
          retailer,
          due.map(({ sealed }) => sealed)
        )
        const receipts = await outgoing(retailer)
        await Promise.all([service.markSent(due), takeIn(distributor, receipts), service.markSent([...due].reverse())])
      }
      await carry(distributor, retailer)
      expect(await channel(distributor)).toMatchObject({ queued: 0, unsent: 0 })
    })

    it("stores that get their keys from several at once get one set", async () => {
      const rows = await Promise.all(
        range(1, 9).map((call) => processes()[call % 3].process.setRelay({ store_id: "new", relay_url: RELAY }))
      )
      expect(new Set(rows.map(({ identity_public_key }) => identity_public_key)).size).toBe(1)
      const keys = await Promise.all(processes().map(({ process }) => process.relayKeys("new")))
      expect(new Set(keys.map(({ mailbox }) => mailbox.private_key.toString("hex"))).size).toBe(1)
    })

    it("a channel ended by several at once on both sides is ended once and forgotten", async () => {
      await seal(pair.distributor, document(1))
      await Promise.all(
        processes().flatMap(({ process, carry }) => [
          process.closeChannel(pair.distributor),
          process.closeChannel(pair.retailer),
          carry(pair.distributor, pair.retailer),
          carry(pair.retailer, pair.distributor),
        ])
      )
      await beatBoth(pair)
      const ended = await service.channelsToForget({ limit: 10 })
      await Promise.all(
        ended.flatMap(({ id, store_id }) => [
          service.forgetChannel(id),
          service.forgetChannel(id),
          takeIn({ ...pair.retailer, store_id }, []),
        ])
      )
      expect(await channel(pair.distributor)).toMatchObject({ status: "closed", queued: 0 })
      expect(await channel(pair.retailer)).toMatchObject({ status: "closed", queued: 0 })
    })

    it.each([
      ["in a worker", { worker_mode: "worker" }, {}, { queues: 1, working: 1 }],
      ["in a process for everything", { worker_mode: "shared" }, {}, { queues: 1, working: 1 }],
      ["in a server, which only wakes others", { worker_mode: "server" }, {}, { queues: 1, working: 0 }],
      ["where the operator keeps a process out", { worker_mode: "shared" }, { relayWorkers: false }, { queues: 0, working: 0 }],
      ["without a master key", { worker_mode: "worker" }, { masterKey: "" }, { queues: 0, working: 0 }],
    ] as const)("work is taken up %s, and ended with the process", async (_, declaration, options, { queues, working }) => {
      mockWorkers.length = 0
      const process = hostedProcess(service, {
        projectConfig: { databaseUrl: "postgres://nobody@localhost/none" },
        options: { masterKey: MASTER_KEY, ...options },
        declaration,
      })
      await process.__hooks.onApplicationStart()
      await process.wakeReceiving({ store_id: "distributor", relay_url: RELAY })
      expect(mockWorkers).toHaveLength(queues)
      expect(mockWorkers.filter(({ start }) => start.mock.calls.length === 1)).toHaveLength(working)
      await process.__hooks.onApplicationPrepareShutdown()
      expect(mockWorkers.filter(({ close }) => close.mock.calls.length === 1)).toHaveLength(queues)
    })
  },
})
