import { randomBytes } from "node:crypto"

import fc from "fast-check"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { document, openPair, sides, type Pair, type Side } from "./relay-sides"

jest.setTimeout(300_000)

/** Messages that are kept as parts: the third document of a side is larger than one message. */
const LARGE_EVERY = 7
const LARGE = "x".repeat(300_000)

/** What a hostile relay, the two stores and time do, in any order. */
const side = fc.nat({ max: 3 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("seal" as const), side, count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("send" as const), side }) },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant("deliver" as const),
      side,
      /** Which of those that wait at the relay, in which order; repeated ones come twice, others later or never. */
      picks: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 8 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("carry" as const), side }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("drop" as const), side, pick: fc.nat({ max: 11 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("replay" as const), side, pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("swap" as const), side, to: side, pick: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant("garbage" as const),
      side,
      pick: fc.nat(),
      form: fc.constantFrom("flipped", "cut", "longer", "mixed", "noise"),
      at: fc.nat(),
    }),
  },
  /** The relay takes what is sent, and the store does not learn it: the answer came too late, or was none. */
  { weight: 2, arbitrary: fc.record({ act: fc.constant("unanswered" as const), side }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("beat" as const), side }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant("rekey" as const), side }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("wait" as const), side }) }
)
type Step = typeof step extends fc.Arbitrary<infer It> ? It : never

/** What a relay makes of a message: another of the same length, a shorter, a longer, or one of two. */
function malformed(
  message: Buffer,
  { form, at }: { form: "flipped" | "cut" | "longer" | "mixed" | "noise"; at: number },
  others: readonly Buffer[]
): Buffer {
  const place = at % message.length
  const other = others.length > 0 ? others[at % others.length] : randomBytes(message.length)
  switch (form) {
    case "flipped":
      return Buffer.concat([message.subarray(0, place), Buffer.from([message[place] ^ 1]), message.subarray(place + 1)])
    case "cut":
      return message.subarray(0, place)
    case "longer":
      return Buffer.concat([message, randomBytes(1 + (at % 300))])
    case "mixed":
      return Buffer.concat([message.subarray(0, 42), other.subarray(42)])
    case "noise":
      return randomBytes(message.length)
  }
}

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: randomBytes(32).toString("base64") },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { seal, outgoing, takeIn, channel, passTime, beatBoth, inbox } = sides(service, MikroOrmWrapper)

    /** One end of one of the channels, with all that its store did. */
    class End {
      sealed = 0
      /** At the relay, on its way to the partner. */
      waiting: Buffer[] = []
      /** All that the relay ever had. */
      readonly seen: Buffer[] = []
      partner: End = this

      constructor(readonly side: Side) {}

      async seal(count: number): Promise<void> {
        const documents = Array.from({ length: count }, (_, index) => {
          const number = this.sealed + index + 1
          const text = number % LARGE_EVERY === 0 ? LARGE : ""
          return document(1, { id: `doc_${number}`, body: { number, text } })
        })
        await seal(this.side, ...documents)
        this.sealed += count
      }

      async send(): Promise<void> {
        const messages = await outgoing(this.side)
        this.waiting.push(...messages)
        this.seen.push(...messages)
      }

      /** What came in from the partner is the beginning of what it sent, each once. */
      async expectPrefix(): Promise<number> {
        const rows = await inbox(this.side)
        const numbers = rows.map(({ document_id }) => Number(document_id.slice(4))).sort((left, right) => left - right)
        expect(numbers).toEqual(numbers.map((_, index) => index + 1))
        expect(numbers.length).toBeLessThanOrEqual(this.partner.sealed)
        const { status, desync_reason } = await channel(this.side)
        expect([status, desync_reason]).toEqual(["open", null])
        return numbers.length
      }
    }

    const endsOf = (pairs: readonly Pair[]): End[] =>
      pairs.flatMap(({ distributor, retailer }) => {
        const [left, right] = [new End(distributor), new End(retailer)]
        left.partner = right
        right.partner = left
        return [left, right]
      })

    const pickOf = <Item>(items: readonly Item[], pick: number): Item[] =>
      items.length ? [items[pick % items.length]] : []

    async function perform(ends: readonly End[], one: Step): Promise<void> {
      const end = ends[one.side]
      switch (one.act) {
        case "seal":
          return await end.seal(one.count)
        case "send":
          return await end.send()
        case "deliver": {
          const messages = one.picks.flatMap((pick) => pickOf(end.waiting, pick))
          end.waiting = end.waiting.filter((message) => !messages.includes(message))
          await takeIn(end.partner.side, messages)
          return
        }
        case "carry": {
          await end.send()
          await takeIn(end.partner.side, end.waiting.splice(0))
          return
        }
        case "drop": {
          const dropped = pickOf(end.waiting, one.pick)
          end.waiting = end.waiting.filter((message) => !dropped.includes(message))
          return
        }
        case "replay":
          await takeIn(end.partner.side, pickOf(end.seen, one.pick))
          return
        case "swap":
          await takeIn(ends[one.to].side, pickOf(end.seen, one.pick))
          return
        case "garbage": {
          const messages = pickOf(end.seen, one.pick).map((message) => malformed(message, one, end.partner.seen))
          await takeIn(end.partner.side, messages)
          return
        }
        case "unanswered": {
          const due = (await service.dueMessages(end.side.id)).map(({ sealed }) => sealed)
          end.waiting.push(...due)
          end.seen.push(...due)
          return
        }
        case "beat":
          return await service.beat(end.side)
        case "rekey":
          await service.rekey(end.side)
          return
        case "wait":
          return await passTime(end.side)
      }
    }

    it("a relay may do what it likes: documents come in as a prefix of what was sent, each once, and all when it turns honest", async () => {
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: "max" }), async (steps) => {
          run += 1
          const pairs = [
            await openPair(service, { name: `${run}-1` }),
            await openPair(service, { retailer: "third", name: `${run}-2` }),
          ]
          const ends = endsOf(pairs)
          for (const one of steps) {
            await perform(ends, one)
            await ends[one.side].expectPrefix()
            await ends[one.side].partner.expectPrefix()
          }
          for (const end of ends) {
            await end.seal(1)
          }
          // Honest from here on: what was lost by then is found by heartbeats, and no more than these few.
          for (let round = 0; round < 4; round++) {
            for (const pair of pairs) {
              await beatBoth(pair)
            }
          }
          for (const end of ends) {
            expect(await end.expectPrefix()).toBe(end.partner.sealed)
            const { queued, known_sequence, received_sequence } = await channel(end.side)
            expect([queued, known_sequence - received_sequence]).toEqual([0, 0])
          }
        }),
        { numRuns: 40, seed: 20261130 }
      )
    })

    it("a swallowed tail shows within one heartbeat, on either side, in any epoch", async () => {
      const pair = await openPair(service)
      const ways = [
        [pair.distributor, pair.retailer],
        [pair.retailer, pair.distributor],
      ]
      let sealed = 0
      for (let epoch = 0; epoch < 3; epoch++) {
        for (const [from, to] of ways) {
          sealed += 1
          await seal(from, document(1, { id: `doc_${sealed}` }), document(2, { id: `doc_${sealed}` }))
          await outgoing(from)
          await service.beat(from)
          await takeIn(to, await outgoing(from))
          const { known_sequence, received_sequence } = await channel(to)
          expect(known_sequence - received_sequence).toBe(2)
        }
        await beatBoth(pair)
        await service.rekey(ways[epoch % 2][0])
        await beatBoth(pair)
      }
      for (const { id, store_id } of [pair.distributor, pair.retailer]) {
        const { known_sequence, received_sequence } = await service.retrieveChannel({ id, store_id })
        expect(known_sequence).toBe(received_sequence)
      }
    })
  },
})
