import { randomBytes } from "node:crypto"

import { atTime } from "../../../../integration-tests/helpers/clock"
import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { signDocument, verifyDocument } from "../../../lib/crypto/envelope/signature"
import { ed25519Signer, generateEd25519 } from "../../../lib/crypto/ed25519"
import { send } from "../../../lib/crypto/session/send"
import { contentHash } from "../../../lib/hash/content-hash"
import { RELAY_LIMITS } from "../../../lib/relay/limits"
import { writePayload } from "../domain/relay-payload"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { document, forge, freshSession, openPair, RELAY, sides, type Pair } from "./relay-sides"

jest.setTimeout(60_000)

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: randomBytes(32).toString("base64") },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, outgoing, takeIn, channel, carry, settle, beatBoth, inbox, revisions } = sides(
      service,
      MikroOrmWrapper
    )
    let pair: Pair
    let distributor: Pair["distributor"]
    let retailer: Pair["retailer"]
    beforeEach(async () => {
      pair = await openPair(service)
      distributor = pair.distributor
      retailer = pair.retailer
    })

    describe("documents", () => {
      it("cross once, are acknowledged, and leave the outbox empty", async () => {
        await seal(distributor, document(1), document(1, { id: "doc_2" }))
        const messages = await outgoing(distributor)
        expect(messages).toHaveLength(2)
        const first = await takeIn(retailer, messages)
        expect(first).toMatchObject({ has_replies: true, channel: { id: retailer.id, store_id: "retailer" } })
        expect(first?.inbox_ids).toHaveLength(2)
        expect(await takeIn(retailer, messages)).toMatchObject({ inbox_ids: [], has_replies: false })
        expect(await service.listWholesaleInboxDocuments({}, { order: { document_id: "ASC" } })).toMatchObject([
          { document_id: "doc_1", store_id: "retailer", connection_id: retailer.id, sender_id: "distributor" },
          { document_id: "doc_2", store_id: "retailer", connection_id: retailer.id, sender_id: "distributor" },
        ])
        await carry(retailer, distributor)
        expect(await channel(distributor)).toMatchObject({ acknowledged_sequence: 2, sent_sequence: 2, queued: 0 })
      })

      it("come in whatever order and end in their own, the newest of each due", async () => {
        await seal(distributor, ...[1, 2, 3, 4, 5, 6].map((revision) => document(revision)))
        const messages = await outgoing(distributor)
        for (const index of [5, 3, 1, 4]) {
          await takeIn(retailer, [messages[index]])
        }
        expect(await revisions(retailer)).toEqual([])
        const outcome = await takeIn(retailer, [messages[2], messages[0]])
        expect(outcome?.inbox_ids).toHaveLength(1)
        expect((await inbox(retailer)).map(({ revision, status }) => [revision, status])).toEqual([
          [1, "ignored"],
          [2, "ignored"],
          [3, "ignored"],
          [4, "ignored"],
          [5, "ignored"],
          [6, "received"],
        ])
      })

      it("with two contents under one revision are shown, in one batch as in two", async () => {
        await seal(distributor, document(1, { body: { price: "1" } }))
        const [one] = await outgoing(distributor)
        await execute("delete from wholesale_relay_outgoing")
        await seal(distributor, document(1, { body: { price: "2" } }))
        const [two] = await outgoing(distributor)
        expect((await takeIn(retailer, [one, two]))?.inbox_ids).toEqual([])
        expect(await inbox(retailer)).toMatchObject([{ revision: 1, status: "desync" }])
        await execute("delete from wholesale_relay_outgoing")
        await seal(distributor, document(1, { body: { price: "3" } }), document(2))
        expect((await carry(distributor, retailer))?.inbox_ids).toHaveLength(1)
        const [row] = await service.listWholesaleInboxDocuments({ revision: 1 })
        expect(row.conflict).toMatchObject({ body: { price: "2" } })
      })

      const BINDING = ["purchase_order", "order_response", "order", "invoice", "credit_note"]

      it.each(BINDING)("that bind somebody carry their sender's signature, which can be shown to others: %s", async (type) => {
        await seal(distributor, document(1, { type }), document(1, { type: "catalog" }))
        await carry(distributor, retailer)
        const rows = await service.listWholesaleInboxDocuments({}, { order: { document_type: "ASC" } })
        expect(rows.map(({ document_type, status }) => [document_type, status])).toEqual([["catalog", "received"], [type, "received"]])
        expect(rows[0].signature).toBeNull()
        const statement = {
          type,
          id: "doc_1",
          revision: 1,
          incarnation: 1,
          content_hash: contentHash(rows[1].body),
          connection_id: pair.pairing_id,
        }
        const { identity } = await service.relayKeys("distributor")
        expect(rows[1].signature && verifyDocument(identity.public_key, statement, rows[1].signature)).toBe(true)
      })

      const NOT_THEIRS = ["none", "another's", "another document's"].flatMap((whose) => BINDING.map((type) => [whose, type]))

      it.each(NOT_THEIRS)("that bind somebody are not taken with %s signature: %s", async (whose, type) => {
        const binding = document(1, { type })
        const { identity } = await service.relayKeys("distributor")
        const signed = {
          ...binding,
          content_hash: contentHash(binding.body),
          connection_id: whose === "another document's" ? "elsewhere" : pair.pairing_id,
        }
        const signer = whose === "another's" ? generateEd25519() : identity
        const payload = writePayload({
          document: binding,
          ...(whose !== "none" && { signature: signDocument(ed25519Signer(signer), signed) }),
        })
        const { message } = send(freshSession(pair, "distributor"), { type: "document", payload }, { now_ms: Date.now() })
        expect(await takeIn(retailer, [message.bytes])).toMatchObject({ inbox_ids: [] })
        expect(await inbox(retailer)).toMatchObject([{ status: "failed", error: expect.stringContaining("signature") }])
        expect(await channel(retailer)).toMatchObject({ status: "open" })
      })

      it("of many messages cross over several batches, their parts sealed while they wait", async () => {
        const text = "canary".repeat(150_000)
        await seal(distributor, document(1, { body: { text } }), document(1, { id: "doc_2" }))
        const messages = await outgoing(distributor)
        expect(messages).toHaveLength(5)
        await takeIn(retailer, messages.slice(0, 2))
        await takeIn(retailer, [messages[3], messages[4]])
        expect(await inbox(retailer)).toEqual([])
        const waiting = await execute<{ waiting: string }>("select waiting from wholesale_relay_incoming")
        expect(waiting.map((row) => Buffer.from(row.waiting, "base64").includes("canary"))).toEqual([false, false, false, false])
        expect((await takeIn(retailer, [messages[2]]))?.inbox_ids).toHaveLength(2)
        const [row] = await service.listWholesaleInboxDocuments({ document_id: "doc_1" })
        expect(row.body).toEqual({ version: 1, revision: 1, text })
        const [{ count }] = await execute<{ count: number }>(
          "select count(*)::int as count from wholesale_relay_incoming where waiting is not null or state <> 'taken'"
        )
        expect(count).toBe(0)
      })
    })

    describe("new keys", () => {
      it("are offered at will, taken, and carry what comes after", async () => {
        expect(await service.rekey(distributor)).toBe(true)
        expect(await service.rekey(distributor)).toBe(false)
        await seal(distributor, document(1))
        await seal(retailer, document(1))
        await settle(pair)
        await seal(distributor, document(2))
        await seal(retailer, document(2))
        await settle(pair)
        for (const side of [distributor, retailer]) {
          expect(await revisions(side)).toEqual([1, 2])
          expect(await channel(side)).toMatchObject({ epoch: 1, status: "open", refused_count: 0 })
        }
      })

      it("follow from the distributor's offer where two cross", async () => {
        await service.rekey(distributor)
        await service.rekey(retailer)
        await settle(pair)
        await beatBoth(pair)
        expect(await channel(distributor)).toMatchObject({ epoch: 1, status: "open" })
        expect(await channel(retailer)).toMatchObject({ epoch: 1, status: "open" })
      })

      it("come by themselves after 1,000 messages", async () => {
        await seal(distributor, ...Array.from({ length: 1_000 }, (_, index) => document(1, { id: `doc_${index}` })))
        await seal(distributor, document(1, { id: "doc_1000" }))
        await settle(pair)
        expect(await channel(retailer)).toMatchObject({ epoch: 1, received_sequence: 1_002 })
      })
    })

    describe("the outbox", () => {
      it("is handed out in its order, as much as one request takes", async () => {
        await seal(distributor, ...Array.from({ length: 450 }, (_, index) => document(1, { id: `doc_${index}` })))
        const text = "x".repeat(4 * 1024 * 1024)
        await seal(distributor, document(1, { id: "large", body: { text } }))
        const requests: number[] = []
        for (;;) {
          const due = await service.dueMessages(distributor.id)
          if (due.length === 0) {
            break
          }
          const bytes = due.reduce((sum, { sealed }) => sum + sealed.length + 4, 0)
          expect(bytes).toBeLessThanOrEqual(RELAY_LIMITS.sent_bytes)
          expect(due.length).toBeLessThanOrEqual(RELAY_LIMITS.sent_messages)
          await service.markSent(due)
          requests.push(due.length)
        }
        // 450 small ones: 200, 200 and 50, with the first 15 of 17 chunks of 262,307 bytes in the third request.
        expect(requests).toEqual([200, 200, 65, 2])
      })

      it("has one sender at a time, and rests when the relay asks for it", async () => {
        await seal(distributor, document(1))
        expect(await service.channelsToSend({ limit: 10 })).toEqual([{ id: distributor.id, store_id: "distributor" }])
        const taken = await service.beginSending(distributor)
        expect(taken).toMatchObject({ channel: { id: distributor.id }, key: { private_key: expect.any(Buffer) } })
        expect(await service.beginSending(distributor)).toBeUndefined()
        expect(await service.channelsToSend({ limit: 10 })).toEqual([])
        const outcome = { id: distributor.id, failure: "full", failures: 1, wait_seconds: 60, sent: false }
        expect(await service.endSending(outcome)).toBe(false)
        expect(await service.beginSending(distributor)).toBeUndefined()
        expect(await service.endSending({ ...outcome, failure: null, failures: 0, wait_seconds: 0, sent: true })).toBe(true)
        expect(await service.beginSending(distributor)).toBeDefined()
        expect((await channel(distributor)).last_out_at).toBeInstanceOf(Date)
      })

      it("keeps of what is said beside the sequence only the newest of a kind", async () => {
        await service.beat(distributor)
        await service.beat(distributor)
        expect(await outgoing(distributor)).toHaveLength(1)
        expect(await outgoing(distributor)).toHaveLength(0)
      })
    })

    describe("heartbeats", () => {
      it("are due at once, and then as often as the option says", async () => {
        const due = await service.beatDue({ limit: 10 })
        expect(due.map(({ id }) => id).sort()).toEqual([distributor.id, retailer.id])
        expect(await service.beatDue({ limit: 10 })).toEqual([])
        const { heartbeat_due_at } = await channel(distributor)
        expect(heartbeat_due_at.getTime() - Date.now()).toBeGreaterThan(50_000)
      })

      it.each(["a day ahead", "a day behind"])("come as often by the database's clock where the process's is %s", async (shift) => {
        const days = shift === "a day ahead" ? 1 : -1
        const wrong = new Date(Date.now() + days * 24 * 60 * 60 * 1_000).toISOString()
        await atTime(wrong, async () => await service.beatDue({ limit: 10 }))
        const [{ seconds }] = await execute<{ seconds: number }>(
          `select extract(epoch from heartbeat_due_at - clock_timestamp())::float as seconds
             from wholesale_relay_channel where id = ?`,
          [distributor.id]
        )
        expect(seconds).toBeGreaterThan(0)
        expect(seconds).toBeLessThanOrEqual(60)
      })

      it("show within one of them what the relay has swallowed, and it is sent again", async () => {
        await seal(distributor, document(1), document(2), document(3))
        const [first] = await outgoing(distributor)
        await takeIn(retailer, [first])
        expect(await channel(retailer)).toMatchObject({ received_sequence: 1, known_sequence: 1 })
        await service.beat(distributor)
        await carry(distributor, retailer)
        const { received_sequence, known_sequence } = await channel(retailer)
        expect([received_sequence, known_sequence]).toEqual([1, 3])
        await settle(pair)
        expect(await revisions(retailer)).toEqual([1, 2, 3])
      })

      it("are told apart from old ones that a relay repeats: those feign no life", async () => {
        await service.beat(distributor)
        const old = await outgoing(distributor)
        await takeIn(retailer, old)
        const { partner_time, last_in_at } = await channel(retailer)
        expect(partner_time).toBeInstanceOf(Date)
        await takeIn(retailer, old)
        expect(await channel(retailer)).toMatchObject({ partner_time, last_in_at })
      })
    })

    describe("stores on one backend", () => {
      it("see, send by and listen at their own channels only", async () => {
        await expect(channel({ ...distributor, store_id: "retailer" })).rejects.toMatchObject({ status: 404 })
        await expect(seal({ ...distributor, store_id: "retailer" }, document(1))).rejects.toMatchObject({
          status: 409,
          code: "channel_not_open",
        })
        await seal(distributor, document(1))
        const messages = await outgoing(distributor)
        expect(await takeIn({ ...retailer, store_id: "distributor" }, messages)).toBeUndefined()
        expect(await service.beginSending({ id: distributor.id, store_id: "retailer" })).toBeUndefined()
        await service.closeChannel({ id: distributor.id, store_id: "retailer" })
        expect(await channel(distributor)).toMatchObject({ status: "open" })
      })

      it("have nothing in common on several channels: what is swapped between these does not open", async () => {
        const other = await openPair(service, { distributor: "distributor", retailer: "third", name: "2" })
        await seal(distributor, document(1))
        await seal(other.distributor, document(2))
        const [left, right] = [await outgoing(distributor), await outgoing(other.distributor)]
        await takeIn(retailer, right)
        await takeIn(other.retailer, left)
        expect([await inbox(retailer), await inbox(other.retailer)]).toEqual([[], []])
        await takeIn(retailer, left)
        await takeIn(other.retailer, right)
        expect([await revisions(retailer), await revisions(other.retailer)]).toEqual([[1], [2]])
      })

      it("are polled for at their own relay and at those of channels that stand", async () => {
        await service.setRelay({ store_id: "distributor", relay_url: "https://another.example.com" })
        expect(await service.relaysToPoll()).toEqual([
          { store_id: "distributor", relay_url: "https://another.example.com" },
          { store_id: "distributor", relay_url: RELAY },
          { store_id: "retailer", relay_url: RELAY },
        ])
      })

      it("are polled for at a former relay while a channel there is out of step, and no longer once it is ended", async () => {
        const another = { store_id: "retailer", relay_url: "https://another.example.com" }
        const former = { store_id: "retailer", relay_url: RELAY }
        await service.setRelay(another)
        // Two messages under one sequence.
        const state = freshSession(pair, "distributor")
        await takeIn(retailer, [forge(state, { sequence: 3 }), forge(state, { sequence: 3 })])
        expect(await channel(retailer)).toMatchObject({ status: "desync" })
        const relays = async () => (await service.relaysToPoll()).filter(({ store_id }) => store_id === "retailer")
        expect(await relays()).toEqual([another, former])
        await service.closeChannel(retailer)
        expect(await relays()).toEqual([another])
      })
    })
  },
})
