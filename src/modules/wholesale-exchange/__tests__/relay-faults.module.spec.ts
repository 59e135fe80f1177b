import { randomBytes } from "node:crypto"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { splitDocument } from "../../../lib/crypto/envelope/chunks"
import { writeAcknowledgement, writeGapRequest } from "../../../lib/crypto/envelope/control"
import { sealedHash } from "../../../lib/crypto/envelope/message"
import { REKEY_AFTER_MS } from "../../../lib/crypto/session/rekey"
import { send } from "../../../lib/crypto/session/send"
import type { SessionState } from "../../../lib/crypto/session/state"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { document, forge, freshSession, openPair, sides, type Pair } from "./relay-sides"

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
    beforeEach(async () => {
      pair = await openPair(service)
    })

    /** What a partner's own software never sends, under its own keys: payloads of documents, one after another. */
    const payloads = (...texts: string[]): Buffer[] => {
      let state: SessionState = freshSession(pair, "distributor")
      return texts.map((text) => {
        const sent = send(state, { type: "document", payload: Buffer.from(text, "utf8") }, { now_ms: Date.now() })
        state = sent.state
        return sent.message.bytes
      })
    }
    const retailerState = () => freshSession(pair, "retailer")
    const desync = async (side: Pair["retailer"]) => {
      const { status, desync_reason } = await channel(side)
      return status === "desync" ? desync_reason : undefined
    }

    describe("what a relay loses is sent again", () => {
      it("also the acceptance of new keys, which the partner cannot know to be missing", async () => {
        const { distributor, retailer } = pair
        await service.rekey(distributor)
        await carry(distributor, retailer)
        await outgoing(retailer)
        await seal(retailer, document(1))
        await beatBoth(pair)
        await beatBoth(pair)
        expect(await revisions(distributor)).toEqual([1])
        expect([(await channel(distributor)).epoch, (await channel(retailer)).epoch]).toEqual([1, 1])
      })

      it("a document that came before the keys it is sealed under, when these are in the same batch", async () => {
        const { distributor, retailer } = pair
        await service.rekey(distributor)
        await carry(distributor, retailer)
        await seal(retailer, document(1))
        const messages = await outgoing(retailer)
        await takeIn(distributor, messages.reverse())
        expect(await revisions(distributor)).toEqual([1])
        expect(await channel(distributor)).toMatchObject({ refused_count: 0 })
      })

      it("is asked for once, and not again with each batch on its way", async () => {
        const { distributor, retailer } = pair
        await seal(distributor, ...Array.from({ length: 40 }, (_, index) => document(index + 1)))
        const messages = await outgoing(distributor)
        await takeIn(retailer, messages.slice(39))
        await takeIn(distributor, await outgoing(retailer))
        const again = await outgoing(distributor)
        expect(again).toHaveLength(39)
        for (let from = 0; from < 39; from += 10) {
          await takeIn(retailer, again.slice(from, from + 10))
          await takeIn(distributor, await outgoing(retailer))
          expect(await outgoing(distributor)).toHaveLength(0)
        }
        expect(await channel(distributor)).toMatchObject({ acknowledged_sequence: 40 })
      })

      it("gap after gap, without waiting in between", async () => {
        const { distributor, retailer } = pair
        await seal(distributor, ...Array.from({ length: 9 }, (_, index) => document(index + 1)))
        const messages = await outgoing(distributor)
        await takeIn(retailer, [1, 4, 8].map((index) => messages[index]))
        await settle(pair)
        expect(await revisions(retailer)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
      })
    })

    describe("what contradicts itself is shown", () => {
      it("two messages under one sequence in one batch, early", async () => {
        const [state] = [freshSession(pair, "distributor")]
        await takeIn(pair.retailer, [forge(state, { sequence: 3 }), forge(state, { sequence: 3 })])
        expect(await desync(pair.retailer)).toBe("replaced")
      })

      it("two messages under one sequence in one batch, the second after others were taken", async () => {
        const [first, second] = payloads(JSON.stringify({ document: document(1) }), JSON.stringify({ document: document(2) }))
        const other = forge(freshSession(pair, "distributor"), { sequence: 1 })
        await takeIn(pair.retailer, [first, second, other])
        expect(await desync(pair.retailer)).toBe("replaced")
      })

      it("a message in the place of one that came early", async () => {
        const payload = Buffer.from(JSON.stringify({ document: document(2) }))
        const [first, second] = payloads(JSON.stringify({ document: document(1) }), payload.toString())
        const early = forge(freshSession(pair, "distributor"), { sequence: 2, previous_hash: sealedHash(first), payload })
        await takeIn(pair.retailer, [early])
        await takeIn(pair.retailer, [first, second])
        expect(await revisions(pair.retailer)).toEqual([1, 2])
        expect(await desync(pair.retailer)).toBe("replaced")
      })

      it("a partner that has applied another message than the one of its number", async () => {
        await seal(pair.distributor, document(1), document(2))
        const payload = writeAcknowledgement({ through: 1, sealed_hash: randomBytes(32) })
        await takeIn(pair.distributor, [forge(retailerState(), { type: "receipt", sequence: 0, payload })])
        expect(await desync(pair.distributor)).toBe("acknowledged_unsent")
      })

      it("a partner that has applied less than it had", async () => {
        await seal(pair.distributor, document(1))
        await settle(pair)
        const payload = writeAcknowledgement({ through: 0, sealed_hash: Buffer.alloc(32) })
        const time_ms = Date.now() + 1_000
        await takeIn(pair.distributor, [forge(retailerState(), { type: "heartbeat", sequence: 0, time_ms, payload })])
        expect(await desync(pair.distributor)).toBe("partner_went_back")
      })

      it("a partner that has sent less than it is known to have, though it never came", async () => {
        const payload = writeAcknowledgement({ through: 0, sealed_hash: Buffer.alloc(32) })
        const beat = (sequence: number) =>
          forge(retailerState(), { type: "heartbeat", sequence, time_ms: Date.now() + 10 - sequence, payload })
        await takeIn(pair.distributor, [beat(5)])
        expect(await channel(pair.distributor)).toMatchObject({ known_sequence: 5, received_sequence: 0 })
        await takeIn(pair.distributor, [beat(4)])
        expect(await desync(pair.distributor)).toBe("partner_went_back")
      })

      it("a partner that asks for what this side never sent", async () => {
        const payload = writeGapRequest({ from: 1, to: 3 })
        await takeIn(pair.distributor, [forge(retailerState(), { type: "gap_request", sequence: 0, payload })])
        expect(await desync(pair.distributor)).toBe("acknowledged_unsent")
      })

      it("a document that is begun before the one before it is whole", async () => {
        let state = freshSession(pair, "distributor")
        const [chunk] = splitDocument(Buffer.alloc(600_000))
        const messages = [chunk, chunk].map((it) => {
          const sent = send(state, { type: "document", ...it }, { now_ms: Date.now() })
          state = sent.state
          return sent.message.bytes
        })
        await takeIn(pair.retailer, [messages[0]])
        expect(await desync(pair.retailer)).toBeUndefined()
        await takeIn(pair.retailer, [messages[1]])
        expect(await desync(pair.retailer)).toBe("malformed")
      })

      it("and what came before it in its batch stands", async () => {
        const [first] = payloads(JSON.stringify({ document: document(1) }), "no JSON")
        const [, second] = payloads(JSON.stringify({ document: document(1) }), "no JSON")
        const outcome = await takeIn(pair.retailer, [first, forge(freshSession(pair, "distributor"), { sequence: 2 }), second])
        expect(outcome).toMatchObject({ desync: "chain", inbox_ids: [expect.any(String)], has_replies: false })
        expect(await revisions(pair.retailer)).toEqual([1])
        expect(await takeIn(pair.retailer, [first])).toBeUndefined()
      })
    })

    describe("a partner's message that could not be stored", () => {
      const withEnvelope = (given: object) => JSON.stringify({ document: { ...document(1), ...given } })

      it.each([
        ["no date", withEnvelope({ issued_at: "yesterday" })],
        ["a date beyond the database's", withEnvelope({ issued_at: "+275760-09-13T00:00:00.000Z" })],
        ["a name with NUL in it", withEnvelope({ id: "doc\u0000" })],
        ["half a character", withEnvelope({ type: "\ud800" })],
        ["no document", "[]"],
        ["no JSON", "{"],
      ])("with %s is a desync and no error", async (_, text) => {
        await takeIn(pair.retailer, payloads(text))
        expect(await desync(pair.retailer)).toBe("malformed")
      })

      it.each([
        ["a date that only JavaScript reads", withEnvelope({ issued_at: "Mon, 30 Nov 2026 11:00:00 GMT+0100" })],
        ["a date with a zone", withEnvelope({ issued_at: "2026-11-30T11:00:00+01:00" })],
        ["a signature with NUL", JSON.stringify({ document: document(1), signature: { signer: "\u0000", signature: "x" } })],
        [
          "more in its signature",
          JSON.stringify({ document: document(1), signature: { signer: "a", signature: "b", "\ud800": "\u0000" } }),
        ],
        ["a constructor's name as a key", JSON.stringify({ document: document(1) }).replace('"version"', '"__proto__"')],
      ])("with %s is taken", async (_, text) => {
        await takeIn(pair.retailer, payloads(text))
        expect(await desync(pair.retailer)).toBeUndefined()
        const [row] = await service.listWholesaleInboxDocuments({})
        expect(row).toMatchObject({ revision: 1, status: "received" })
        expect([new Date("2026-11-30T10:00:00Z"), new Date("2026-11-30T10:00:00.000Z")]).toContainEqual(row.issued_at)
      })

      it.each([
        ["NUL", { text: "\u0000" }],
        ["half a character", { "\udfff": 1 }],
        ["a depth of 100,000", undefined],
      ])("with %s in its body is kept without it, with the reason", async (_, body) => {
        const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`
        const text = JSON.stringify({ document: document(1, { body }) })
        await takeIn(pair.retailer, payloads(body ? text : text.replace('"version":1', `"version":${deep}`)))
        expect(await inbox(pair.retailer)).toMatchObject([{ revision: 1, status: "failed" }])
        expect(await desync(pair.retailer)).toBeUndefined()
      })

      it("of millions of values in few bytes is refused before it is read", async () => {
        const text = JSON.stringify({ document: document(1) }).replace('"version":1', `"version":[${"[],".repeat(3_000_000)}1]`)
        let state = freshSession(pair, "distributor")
        const messages = splitDocument(Buffer.from(text)).map((chunk) => {
          const sent = send(state, { type: "document", ...chunk }, { now_ms: Date.now() })
          state = sent.state
          return sent.message.bytes
        })
        for (const message of messages) {
          await takeIn(pair.retailer, [message])
        }
        expect(await desync(pair.retailer)).toBe("malformed")
      })

      it.each([
        ["a document's number", { sequence: 2 ** 40 }],
        ["a document's clock", { time_ms: 2 ** 53 - 1, sequence: 2 }],
        ["a heartbeat's number", { type: "heartbeat", sequence: 2 ** 40, payload: Buffer.alloc(40) }],
        ["a heartbeat's clock", { type: "heartbeat", sequence: 0, time_ms: 2 ** 53 - 1, payload: Buffer.alloc(40) }],
        ["a gap request", { type: "gap_request", sequence: 0, payload: writeGapRequest({ from: 1, to: 2 ** 53 - 1 }) }],
        ["a count of chunks", { chunk_count: 2 ** 31, payload: Buffer.alloc(262_188) }],
      ] as const)("for %s is out of every range does not throw", async (_, frame) => {
        await takeIn(pair.retailer, [forge(freshSession(pair, "distributor"), frame)])
        await channel(pair.retailer)
      })

      it("does not end the count of those that did not open", async () => {
        await execute("update wholesale_relay_channel set refused_count = 2147483647, unopened_count = 2147483647")
        await takeIn(pair.retailer, [randomBytes(200), forge(freshSession(pair, "retailer"))])
        expect(await channel(pair.retailer)).toMatchObject({ refused_count: 2_147_483_647, unopened_count: 2_147_483_647 })
      })
    })

    describe("nothing grows without bound", () => {
      it("what comes early is kept up to a bound and asked for again beyond it", async () => {
        const state = freshSession(pair, "distributor")
        const early = [2, 1_000, 1_001, 30_000].map((sequence) => forge(state, { sequence }))
        await takeIn(pair.retailer, early)
        const rows = await execute<{ sequence: number }>("select sequence from wholesale_relay_incoming order by sequence")
        expect(rows.map(({ sequence }) => sequence)).toEqual([2, 1_000])
        expect(await channel(pair.retailer)).toMatchObject({ known_sequence: 30_000 })
      })

      it("by their bytes, too", async () => {
        const state = freshSession(pair, "distributor")
        const payload = Buffer.alloc(256 * 1024)
        for (let sequence = 2; sequence < 300; sequence += 60) {
          const batch = Array.from({ length: 60 }, (_, index) => forge(state, { sequence: sequence + index, payload }))
          await takeIn(pair.retailer, batch)
        }
        const [{ bytes }] = await execute<{ bytes: number }>(
          "select sum(length(waiting))::int as bytes from wholesale_relay_incoming"
        )
        expect(bytes).toBeLessThan(100 * 1024 * 1024)
      })

      it("what is remembered of messages that were taken", async () => {
        const count = async () => {
          const [row] = await execute<{ count: number }>("select count(*)::int as count from wholesale_relay_incoming")
          return row.count
        }
        await execute(
          `insert into wholesale_relay_incoming (channel_id, store_id, sequence, message_id, sealed_hash, state)
           select ?, 'retailer', sequence, sequence, sequence, 'taken' from generate_series(-11000, 0) as sequence`,
          [pair.retailer.id]
        )
        await seal(pair.distributor, ...Array.from({ length: 1_000 }, (_, index) => document(1, { id: `doc_${index}` })))
        await settle(pair)
        expect(await count()).toBe(10_000)
      })
    })

    describe("a kept message that no longer opens", () => {
      it("is dropped and asked for again", async () => {
        await seal(pair.distributor, document(1), document(2), document(3))
        const messages = await outgoing(pair.distributor)
        await takeIn(pair.retailer, [messages[1]])
        await execute("update wholesale_relay_incoming set waiting = ?", [randomBytes(500).toString("base64")])
        await takeIn(pair.retailer, [messages[0]])
        expect(await revisions(pair.retailer)).toEqual([1])
        await beatBoth(pair)
        expect(await revisions(pair.retailer)).toEqual([1, 2, 3])
        expect(await desync(pair.distributor)).toBeUndefined()
      })
    })

    describe("what did not open", () => {
      it("is counted, each once, save what was there before", async () => {
        await seal(pair.distributor, document(1))
        const [known] = await outgoing(pair.distributor)
        await takeIn(pair.retailer, [known])
        const changed = Buffer.from(known)
        changed[changed.length - 1] ^= 1
        const strange = randomBytes(known.length)
        await takeIn(pair.retailer, [changed, changed, strange, Buffer.alloc(0)])
        expect(await channel(pair.retailer)).toMatchObject({ refused_count: 2, received_sequence: 1 })
      })
    })

    describe("a channel that is ended", () => {
      const ended = async () => (await service.channelsToForget({ limit: 10 })).map(({ id }) => id)

      it("tells the partner after all that is under way, and both are to be forgotten then", async () => {
        await seal(pair.distributor, document(1))
        await service.closeChannel(pair.distributor)
        await service.closeChannel(pair.distributor)
        expect(await ended()).toEqual([])
        await settle(pair)
        expect(await revisions(pair.retailer)).toEqual([1])
        expect((await ended()).sort()).toEqual([pair.distributor.id, pair.retailer.id])
      })

      it("by both at once is forgotten by both", async () => {
        await seal(pair.distributor, document(1))
        await seal(pair.retailer, document(1))
        await service.closeChannel(pair.distributor)
        await service.closeChannel(pair.retailer)
        await settle(pair)
        expect((await ended()).sort()).toEqual([pair.distributor.id, pair.retailer.id])
      })

      it("offers no new keys after it has said that it ends", async () => {
        await service.closeChannel(pair.distributor)
        jest.useFakeTimers({ now: Date.now() + REKEY_AFTER_MS, doNotFake: ["nextTick", "setImmediate", "setTimeout", "setInterval"] })
        await service.beat(pair.distributor)
        jest.useRealTimers()
        const rows = await execute<{ type: string }>("select type from wholesale_relay_outgoing order by type")
        expect(rows.map(({ type }) => type)).toEqual(["heartbeat", "revoke"])
      })

      it("while the partner offers new keys waits for nothing but the end to be known", async () => {
        await service.rekey(pair.retailer)
        const offer = await outgoing(pair.retailer)
        await service.closeChannel(pair.distributor)
        const revoke = await outgoing(pair.distributor)
        await takeIn(pair.distributor, offer)
        await takeIn(pair.retailer, revoke)
        await takeIn(pair.distributor, await outgoing(pair.retailer))
        await outgoing(pair.distributor)
        expect((await ended()).sort()).toEqual([pair.distributor.id, pair.retailer.id])
      })

      it("and contradicts itself then keeps no keys either", async () => {
        await service.closeChannel(pair.retailer)
        await takeIn(pair.retailer, payloads("no JSON"))
        expect(await desync(pair.retailer)).toBe("malformed")
        expect(await ended()).toEqual([pair.retailer.id])
      })

      it("has no keys and no messages any more once it is forgotten, and takes and sends nothing", async () => {
        await seal(pair.distributor, document(1))
        const messages = await outgoing(pair.distributor)
        await service.forgetChannel(pair.retailer.id)
        expect(await takeIn(pair.retailer, messages)).toBeUndefined()
        await expect(seal(pair.retailer, document(1))).rejects.toMatchObject({ status: 409, code: "channel_not_open" })
        await service.closeChannel(pair.retailer)
        await service.beat(pair.retailer)
        expect(await channel(pair.retailer)).toMatchObject({ status: "closed", queued: 0 })
        const [row] = await execute<{ session_sealed: string | null; send_private_key_sealed: string | null }>(
          "select session_sealed, send_private_key_sealed from wholesale_relay_channel where id = ?",
          [pair.retailer.id]
        )
        expect(row).toEqual({ session_sealed: null, send_private_key_sealed: null })
      })
    })

    describe("one channel's trouble", () => {
      it("keeps no other from its heartbeat, and stands on the channel", async () => {
        await execute("update wholesale_relay_channel set session_sealed = 'v2.0000000000000000.AAAA' where id = ?", [
          pair.distributor.id,
        ])
        const other = { id: pair.retailer.id, store_id: pair.retailer.store_id }
        await execute("update wholesale_relay_channel set heartbeat_due_at = now() - interval '1 hour' where id = ?", [
          pair.distributor.id,
        ])
        expect(await service.beatDue({ limit: 2 })).toEqual([other])
        expect(await channel(pair.distributor)).toMatchObject({ send_failure: expect.stringContaining("cannot be read") })
        expect(await service.beatDue({ limit: 2 })).toEqual([])
      })

      it("is not hidden where it is everybody's", async () => {
        await execute("update wholesale_relay_channel set session_sealed = 'v2.0000000000000000.AAAA'")
        await expect(service.beatDue({ limit: 2 })).rejects.toMatchObject({ code: "secret_unreadable" })
      })
    })

    describe("a relay's words", () => {
      it("are noted, whatever is in them", async () => {
        const failure = "a\u0000b\ud800"
        await service.noteRelay({ store_id: "retailer", failure })
        await service.endSending({ id: pair.retailer.id, failure, failures: 1, wait_seconds: 0, sent: false })
        expect((await service.relayOf("retailer"))?.failure).toMatch(/^a.?b/)
        expect((await channel(pair.retailer)).send_failure).toMatch(/^a.?b/)
      })
    })

    describe("a channel's opening", () => {
      it("again changes nothing, and another in its mailbox is refused and not swallowed", async () => {
        const before = await channel(pair.retailer)
        const again = {
          ...before,
          send_key: { public_key: Buffer.alloc(32), private_key: Buffer.alloc(32) },
          session: freshSession(pair, "retailer"),
        }
        await service.openChannel(again)
        expect(await channel(pair.retailer)).toEqual(before)
        const session = { ...again.session, connection_id: randomBytes(16).toString("hex") }
        await expect(service.openChannel({ ...again, session, id: "whcon_other" })).rejects.toThrow()
      })
    })

    describe("sealing", () => {
      it("takes an edition once, also where it is given twice in one call", async () => {
        await seal(pair.distributor, document(1), document(1), document(2))
        await seal(pair.distributor, document(2))
        expect(await channel(pair.distributor)).toMatchObject({ sent_sequence: 2 })
      })

      it("refuses more documents than may wait for a partner, and what partners do not take", async () => {
        const many = Array.from({ length: 20_001 }, (_, index) => document(1, { id: `doc_${index}` }))
        await expect(seal(pair.distributor, ...many)).rejects.toMatchObject({ status: 503, code: "relay_queue_full" })
        const wide = document(1, { body: { rows: Array.from({ length: 2_100_000 }, () => 0) } })
        await expect(seal(pair.distributor, wide)).rejects.toMatchObject({ status: 413, code: "document_too_large" })
        expect(await channel(pair.distributor)).toMatchObject({ sent_sequence: 0, queued: 0 })
      })
    })

    describe("a store's keys", () => {
      it("are those of its row, also where a transaction that made others was taken back", async () => {
        const failing = async () =>
          await MikroOrmWrapper.forkManager().transactional(async (transactionManager) => {
            const context = { transactionManager, __type: "MedusaContext" }
            await service.setRelay({ store_id: "third", relay_url: "https://relay.example.com" }, context as never)
            await service.relayKeys("third", context as never)
            throw new Error("taken back")
          })
        await expect(failing()).rejects.toThrow("taken back")
        const row = await service.setRelay({ store_id: "third", relay_url: "https://relay.example.com" })
        const keys = await service.relayKeys("third")
        expect(keys.identity.public_key.toString("base64url")).toBe(row.identity_public_key)
      })
    })
  },
})
