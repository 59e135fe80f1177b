import { createCipheriv, createDecipheriv, randomBytes, type Decipher } from "node:crypto"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { contentHash } from "../../../lib/hash/content-hash"
import { DOCUMENT_BYTES } from "../domain/relay-payload"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { document, openPair, sides, type Pair } from "./relay-sides"

jest.setTimeout(120_000)

const CHUNK_BYTES = 256 * 1_024
/** What may be sealed before others have their turn: two parts of a document, and what is kept with them. */
const SEALED_OF_A_TURN = 3 * CHUNK_BYTES

/** What everything has that seals or opens with a nonce; its classes are not among the types of node:crypto. */
const [key, nonce, options] = [Buffer.alloc(32), Buffer.alloc(12), { authTagLength: 16 }]
const CIPHERS: Pick<Decipher, "update">[] = [
  Object.getPrototypeOf(createCipheriv("chacha20-poly1305", key, nonce, options)),
  Object.getPrototypeOf(createDecipheriv("chacha20-poly1305", key, nonce, options)),
]

/** Messages of 256 KiB that one answer of a relay hands out. */
const BATCH = 15

/** 15,000 items of about 700 bytes: some 10 MB of JSON. */
const catalog = (revision: number) => ({
  ...document(revision, { id: "catalog_1" }),
  body: {
    version: 1,
    revision,
    items: Array.from({ length: 15_000 }, (_, index) => ({
      sku: `SKU-${revision}-${index}`,
      title: `Item ${index}`,
      description: "Stainless steel, dishwasher safe, with a grip that stays cool. ".repeat(8),
      price: `${index}.50`,
      currency_code: "eur",
      minimum_quantity: 6,
      order_multiple: 6,
      available: index % 3 === 0,
      categories: ["kitchen", "tools"],
    })),
  },
})

/** The same order each time. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  let state = 20261130
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31)
  return items
    .map((item) => ({ item, place: next() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item)
}

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: randomBytes(32).toString("base64") },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, outgoing, takeIn, channel, carry, inbox } = sides(service, MikroOrmWrapper)
    let pair: Pair
    beforeEach(async () => {
      pair = await openPair(service)
    })

    /** How often others had their turn meanwhile, and how many bytes were sealed and opened between two of them at most. */
    async function turnsDuring(work: () => Promise<void>): Promise<{ turns: number; most_bytes: number }> {
      const updates = CIPHERS.map((cipher) => jest.spyOn(cipher, "update"))
      let [turns, most_bytes] = [0, 0]
      const turn = () => {
        const bytes = updates.flatMap(({ mock }) => mock.calls.splice(0)).reduce((sum, [data]) => sum + data.length, 0)
        most_bytes = Math.max(most_bytes, bytes)
        turns += 1
        next = setImmediate(turn)
      }
      let next = setImmediate(turn)
      await work()
      clearImmediate(next)
      updates.forEach((update) => update.mockRestore())
      return { turns, most_bytes }
    }

    it("a catalog of 15,000 items crosses shuffled and repeated, one part missing at first and a newer one overtaking", async () => {
      const { distributor, retailer } = pair
      const [older, newer] = [catalog(1), catalog(2)]
      expect(Buffer.byteLength(JSON.stringify(older))).toBeGreaterThan(10_000_000)
      const sealing = await turnsDuring(async () => await seal(distributor, older, newer))
      const messages = await outgoing(distributor)
      // Nobody waits for the whole of it: at least one turn for each part of the two documents.
      // 10 MB each, in parts of 256 KiB.
      expect(messages).toHaveLength(80)
      expect(sealing.turns).toBeGreaterThan(messages.length)
      expect(sealing.most_bytes).toBeLessThan(SEALED_OF_A_TURN)

      const missing = messages[17]
      const arriving = shuffled([...messages, ...messages.slice(0, 20)]).filter((message) => message !== missing)
      for (let from = 0; from < arriving.length; from += BATCH) {
        await takeIn(retailer, arriving.slice(from, from + BATCH))
      }
      expect(await inbox(retailer)).toEqual([])
      expect(await channel(retailer)).toMatchObject({ received_sequence: 17, known_sequence: messages.length })
      await carry(retailer, distributor)
      const again = await outgoing(distributor)
      expect(again.some((message) => message.equals(missing))).toBe(true)
      const receiving = await turnsDuring(async () => void (await takeIn(retailer, again.slice(0, BATCH))))
      expect(receiving.turns).toBeGreaterThan(messages.length)
      // What one answer of a relay hands out, however large the document is.
      expect(receiving.most_bytes).toBeLessThan((BATCH + 1) * CHUNK_BYTES)
      for (const { most_bytes } of [sealing, receiving]) {
        expect(most_bytes).toBeGreaterThan(CHUNK_BYTES / 2)
      }
      await takeIn(retailer, again.slice(BATCH))

      const rows = await service.listWholesaleInboxDocuments({}, { order: { revision: "ASC" } })
      expect(rows.map(({ revision, status }) => [revision, status])).toEqual([
        [1, "ignored"],
        [2, "received"],
      ])
      for (const [row, sent] of [[rows[0], older] as const, [rows[1], newer] as const]) {
        expect(row.content_hash).toBe(contentHash(sent.body))
        expect(contentHash(row.body)).toBe(row.content_hash)
      }
      expect(await channel(retailer)).toMatchObject({ status: "open", received_sequence: messages.length })
      const [{ waiting }] = await execute<{ waiting: number }>(
        "select count(waiting)::int as waiting from wholesale_relay_incoming"
      )
      expect(waiting).toBe(0)
      await carry(retailer, distributor)
      expect(await channel(distributor)).toMatchObject({ queued: 0 })
    })

    it("the largest that is sent is taken, and one byte more is refused where it is sealed", async () => {
      const { distributor, retailer } = pair
      const empty = document(1, { body: { text: "" } })
      const room = DOCUMENT_BYTES - Buffer.byteLength(JSON.stringify({ document: empty }))
      const ofLength = (length: number) => document(1, { body: { text: "x".repeat(length) } })
      await expect(seal(distributor, ofLength(room + 1))).rejects.toMatchObject({ status: 413, code: "document_too_large" })
      await seal(distributor, ofLength(room))
      const messages = await outgoing(distributor)
      expect(messages).toHaveLength(128)
      for (let from = 0; from < messages.length; from += BATCH) {
        await takeIn(retailer, messages.slice(from, from + BATCH))
      }
      expect(await inbox(retailer)).toMatchObject([{ revision: 1, status: "received" }])
    })
  },
})
