import { randomBytes } from "node:crypto"
import { gzipSync } from "node:zlib"

import fc from "fast-check"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { generateEd25519 } from "../../../lib/crypto/ed25519"
import { readMessageId } from "../../../lib/crypto/envelope/message"
import { receive } from "../../../lib/crypto/session/receive"
import { readSession, startSession, type SessionState } from "../../../lib/crypto/session/state"
import { parseMasterKey } from "../../../lib/crypto/vault/master-key"
import { unwrapDataKey, type WrappedDataKey } from "../../../lib/crypto/vault/data-key"
import { openSecret } from "../../../lib/crypto/vault/secret"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { searchable } from "./find-secret"
import { anotherProcess, document, freshSession, openPair, RELAY, sides, type Pair, type Side } from "./relay-sides"

jest.setTimeout(120_000)

const MASTER_KEY = randomBytes(32).toString("base64")

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: MASTER_KEY },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, outgoing, takeIn, channel, settle, beatBoth, revisions } = sides(service, MikroOrmWrapper)
    let pair: Pair
    beforeEach(async () => {
      pair = await openPair(service)
    })

    /** A side's state as somebody reads it who has the database and the master key. */
    const stolen = async ({ id, store_id }: Side): Promise<SessionState> => {
      const [row] = await execute<{ session_sealed: string }>(
        "select session_sealed from wholesale_relay_channel where id = ?",
        [id]
      )
      const keys = await dataKeys()
      const field = { table: "wholesale_relay_channel", column: "session_sealed", row_id: id, store_id }
      return readSession(openSecret(keys, row.session_sealed, field))
    }
    const dataKeys = async () => {
      const wrapped = await execute<WrappedDataKey>("select id, store_id, master_key_id, wrapped from wholesale_data_key")
      return wrapped.map((row) => unwrapDataKey([parseMasterKey(MASTER_KEY)], row))
    }

    /** Whether any key of a state, or any that follows from its root, opens a message of any side and epoch. */
    const opens = (state: SessionState, connectionId: string, sealed: Buffer): boolean =>
      (["distributor", "retailer"] as const).some((role) =>
        Array.from({ length: 6 }, (_, epoch) => {
          const root_key = Buffer.from(state.root, "base64")
          const derived = startSession({ root_key, role, connection_id: connectionId, now_ms: 0 })
          const keys = [...state.receiving, state.sending, ...derived.receiving, derived.sending]
          const receiving = keys.map((key) => ({ ...key, epoch, last_sequence: null }))
          return { ...state, connection_id: connectionId, role, receiving }
        }).some((tried) => receive(tried, sealed, { now_ms: 0 }).outcome !== "refused")
      )

    describe("keys that leak", () => {
      it("of one channel open nothing of another, of the same stores neither", async () => {
        const others = [
          await openPair(service, { name: "2" }),
          await openPair(service, { distributor: "distributor", retailer: "third", name: "3" }),
        ]
        const leaked = [await stolen(pair.distributor), await stolen(pair.retailer)]
        for (const { distributor, retailer, pairing_id } of [pair, ...others]) {
          await seal(distributor, document(1))
          await seal(retailer, document(1))
          await service.rekey(distributor)
          const messages = [...(await outgoing(distributor)), ...(await outgoing(retailer))]
          expect(messages).toHaveLength(3)
          const opened = leaked.flatMap((state) => messages.map((message) => opens(state, pairing_id, message)))
          expect(opened).toEqual(Array(6).fill(pairing_id === pair.pairing_id))
        }
      })

      it("of one epoch open nothing that was acknowledged before it and nothing after it", async () => {
        const { distributor, retailer, pairing_id } = pair
        const epochs: { messages: Buffer[]; states: SessionState[] }[] = []
        for (let epoch = 0; epoch < 4; epoch++) {
          await seal(distributor, document(1, { id: `doc_${epoch}` }))
          await seal(retailer, document(1, { id: `doc_${epoch}` }))
          const [down, up] = [await outgoing(distributor), await outgoing(retailer)]
          await takeIn(retailer, down)
          await takeIn(distributor, up)
          await settle(pair)
          await beatBoth(pair)
          epochs.push({ messages: [...down, ...up], states: [await stolen(distributor), await stolen(retailer)] })
          await service.rekey(epoch % 2 ? distributor : retailer)
          await settle(pair)
        }
        epochs.forEach(({ states }, stolenAt) => {
          for (const state of states) {
            const opened = epochs.map(({ messages }) => messages.map((message) => opens(state, pairing_id, message)))
            expect(opened).toEqual(epochs.map((_, epoch) => [epoch === stolenAt, epoch === stolenAt]))
          }
        })
      })

      it("while an offer waits open the next epoch as well, and none after it", async () => {
        const { distributor, retailer, pairing_id } = pair
        await service.rekey(distributor)
        const state = await stolen(distributor)
        await takeIn(retailer, await outgoing(distributor))
        const [accepted] = await outgoing(retailer)
        await seal(retailer, document(1))
        const [next] = await outgoing(retailer)
        await takeIn(distributor, [accepted, next])
        await settle(pair)
        await service.rekey(retailer)
        await settle(pair)
        await seal(retailer, document(2))
        const [later] = await outgoing(retailer)
        const following = receive(state, accepted, { now_ms: 0 })
        expect(following.state.epoch).toBe(1)
        expect([accepted, next, later].map((message) => opens(state, pairing_id, message))).toEqual([true, false, false])
        expect([next, later].map((message) => opens(following.state, pairing_id, message))).toEqual([true, false])
      })
    })

    describe("a dump of the tables without the master key", () => {
      const CANARIES = ["CANARY-SKU-4711", "1234567.89", "Canary Trading Ltd", "canary@example.com"]
      const body = { sku: CANARIES[0], price: CANARIES[1], name: CANARIES[2], email: CANARIES[3] }
      const TABLES = [
        "wholesale_data_key",
        "wholesale_relay_identity",
        "wholesale_relay_channel",
        "wholesale_relay_outgoing",
        "wholesale_relay_incoming",
      ]
      const dump = async () => (await Promise.all(TABLES.map((table) => execute(`select * from ${table}`)))).flat()

      it("is of every table but those that hold documents in the clear", async () => {
        const rows = await execute<{ table_name: string }>(
          "select table_name from information_schema.tables where table_name like 'wholesale_%' order by table_name"
        )
        expect(rows.map(({ table_name }) => table_name)).toEqual(
          [...TABLES, "wholesale_announcement", "wholesale_inbox_document"].sort()
        )
      })

      it("would show a secret in any writing", async () => {
        const secret = Buffer.from(CANARIES[0])
        const around = Buffer.concat([Buffer.from("a"), secret, Buffer.from("bc")])
        const writings = [
          around.toString(),
          around.toString("hex"),
          around.toString("base64"),
          `v2.00.${around.toString("base64url")}`,
          gzipSync(around).toString("base64"),
          Buffer.from(around.toString("base64")).toString("base64"),
          JSON.stringify({ nested: around.toString("base64") }),
        ]
        expect(writings.map((waiting) => searchable([{ waiting }])(secret))).toEqual(writings.map(() => ["waiting"]))
        expect(searchable([{ waiting: "CANARY-SKU-4712" }])(secret)).toEqual([])
      })

      it("shows no document and no private key, whatever state messages are in", async () => {
        const { distributor, retailer } = pair
        const large = { ...body, text: `${CANARIES.join(" ")} `.repeat(9_000) }
        await seal(distributor, document(1, { body }), document(1, { id: "large", body: large }))
        const messages = await outgoing(distributor)
        expect(messages.length).toBeGreaterThan(3)
        // One taken, the first part of a document waiting for the rest, a later part early.
        await takeIn(retailer, [messages[0], messages[1], messages[3]])
        await seal(distributor, document(2, { body, type: "invoice" }))
        await seal(retailer, document(2, { body, type: "order" }))
        await service.rekey(retailer)
        const rows = await dump()
        const states = await execute<{ state: string }>("select distinct state from wholesale_relay_incoming order by state")
        expect(states.map(({ state }) => state)).toEqual(["chunk", "early", "taken"])

        const findInDump = searchable(rows)
        expect(CANARIES.flatMap((canary) => findInDump(Buffer.from(canary)))).toEqual([])
        const findInInbox = searchable(await execute("select * from wholesale_inbox_document"))
        expect(findInInbox(Buffer.from(CANARIES[0]))).not.toEqual([])

        const stores = [await service.relayKeys("distributor"), await service.relayKeys("retailer")]
        const outboxes = [await service.beginSending(distributor), await service.beginSending(retailer)]
        const sessions = [await stolen(distributor), await stolen(retailer)]
        const keys = [
          parseMasterKey(MASTER_KEY).key,
          ...(await dataKeys()).map(({ key }) => key),
          ...stores.flatMap(({ identity, mailbox }) => [identity.private_key, mailbox.private_key]),
          ...outboxes.flatMap((outbox) => outbox?.key.private_key ?? []),
          ...sessions.flatMap(({ root, sending, receiving, offer }) =>
            [root, sending.key, ...receiving.map(({ key }) => key), ...(offer ? [offer.private_key] : [])].map((text) =>
              Buffer.from(text, "base64")
            )
          ),
        ]
        expect(keys.length).toBeGreaterThanOrEqual(16)
        expect(keys.flatMap(findInDump)).toEqual([])
        // Public keys are there, so that the search is known to see what is.
        expect(stores.flatMap(({ mailbox }) => findInDump(mailbox.public_key))).not.toEqual([])
      })
    })

    describe("without the master key", () => {
      const verbs = (backend: WholesaleExchangeModuleService): Record<string, () => Promise<unknown>> => ({
        setRelay: () => backend.setRelay({ store_id: "fourth", relay_url: RELAY }),
        relayKeys: () => backend.relayKeys("distributor"),
        openChannel: () =>
          backend.openChannel({
            id: "whcon_new",
            store_id: "distributor",
            role: "distributor",
            relay_url: RELAY,
            partner_id: "partner",
            partner_identity_key: "key",
            verifier: "1234-5678",
            receive_id: "new mailbox",
            send_id: "theirs",
            send_key: generateEd25519(),
            session: { ...freshSession(pair, "distributor"), connection_id: "new" },
          }),
        sealDocuments: () => sides(backend, MikroOrmWrapper).seal(pair.distributor, document(1)),
        takeInMessages: () => sides(backend, MikroOrmWrapper).takeIn(pair.retailer, [randomBytes(200)]),
        beginSending: () => backend.beginSending(pair.distributor),
        beat: () => backend.beat(pair.distributor),
        beatDue: () => backend.beatDue({ limit: 10 }),
        rekey: () => backend.rekey(pair.distributor),
        closeChannel: () => backend.closeChannel(pair.distributor),
        resealSecrets: async () => {
          await service.rotateDataKey({ store_id: "distributor" })
          const { failures } = await backend.resealSecrets({ store_id: "distributor", limit: 1 })
          throw failures[0]
        },
      })
      const missing = (backend: WholesaleExchangeModuleService) => ({
        ...verbs(backend),
        requireMasterKey: () => backend.requireMasterKey(),
        rewrapDataKeys: () => backend.rewrapDataKeys({ limit: 10 }),
        rotateDataKey: () => backend.rotateDataKey({ store_id: "distributor" }),
      })
      const given = process.env.WHOLESALE_MASTER_KEY
      beforeEach(() => {
        delete process.env.WHOLESALE_MASTER_KEY
      })
      afterEach(() => {
        Object.assign(process.env, given !== undefined && { WHOLESALE_MASTER_KEY: given })
      })

      const outcomesOf = async (acts: Readonly<Record<string, () => Promise<unknown>>>): Promise<Record<string, unknown>> => {
        const outcomes: Record<string, unknown> = {}
        for (const [name, act] of Object.entries(acts)) {
          outcomes[name] = await act().then(
            () => "went through",
            (error: unknown) => error
          )
        }
        return outcomes
      }
      const eachOf = (acts: object, outcome: object): Record<string, unknown> =>
        Object.fromEntries(Object.keys(acts).map((name) => [name, outcome]))

      it("every verb refuses with master_key_missing, and changes nothing", async () => {
        const acts = missing(anotherProcess(service, {}))
        const before = await execute("select * from wholesale_relay_outgoing")
        const refused = expect.objectContaining({ status: 500, code: "master_key_missing" })
        expect(await outcomesOf(acts)).toEqual(eachOf(acts, refused))
        expect(await execute("select * from wholesale_relay_outgoing")).toEqual(before)
        expect(await channel(pair.distributor)).toMatchObject({ status: "open", sent_sequence: 0 })
      })

      it("but with another every verb that needs the old one refuses with master_key_wrong, and names both", async () => {
        const { setRelay: _, ...acts } = verbs(anotherProcess(service, { masterKey: randomBytes(32).toString("base64") }))
        const refused = expect.objectContaining({
          status: 500,
          code: "master_key_wrong",
          details: expect.objectContaining({
            expected_master_key_id: parseMasterKey(MASTER_KEY).id,
            given_master_key_ids: [expect.any(String)],
          }),
        })
        expect(await outcomesOf(acts)).toEqual(eachOf(acts, refused))
      })

      it("the obstacle is told, and what is no secret is still read", async () => {
        const backend = anotherProcess(service, {})
        expect(await backend.relayObstacle()).toMatchObject({ code: "master_key_missing" })
        expect(await service.relayObstacle()).toBeUndefined()
        expect(await backend.relayOf("distributor")).toMatchObject({ relay_url: RELAY })
        expect(await backend.retrieveChannel({ id: pair.distributor.id, store_id: "distributor" })).not.toHaveProperty(
          "session_sealed"
        )
      })

      it("a key service that was away is asked again", async () => {
        let asked = 0
        const backend = anotherProcess(service, {
          masterKey: async () => {
            asked += 1
            if (asked === 1) {
              throw new Error("the key service is away")
            }
            return MASTER_KEY
          },
        })
        await expect(backend.relayKeys("distributor")).rejects.toThrow("away")
        await backend.relayKeys("distributor")
        await backend.relayKeys("retailer")
        expect(asked).toBe(2)
      })
    })

    describe("bytes that nobody sealed", () => {
      afterEach(() => jest.restoreAllMocks())

      const change = fc.oneof(
        fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), bit: fc.nat({ max: 7 }) }),
        fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }),
        fc.record({ kind: fc.constant("append" as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) }),
        fc.record({ kind: fc.constant("splice" as const), at: fc.nat(), from: fc.nat() }),
        fc.record({ kind: fc.constant("fresh" as const), length: fc.nat({ max: 2_000 }), fill: fc.nat({ max: 255 }) }),
        fc.record({ kind: fc.constant("random" as const), bytes: fc.uint8Array({ maxLength: 1_000 }) })
      )
      type Change = typeof change extends fc.Arbitrary<infer It> ? It : never

      const changed = (sealed: readonly Buffer[], at: number, how: Change): Buffer => {
        const original = sealed[at % sealed.length]
        switch (how.kind) {
          case "flip": {
            const bytes = Buffer.from(original)
            bytes[how.at % bytes.length] ^= 1 << how.bit
            return bytes
          }
          case "cut":
            return original.subarray(0, how.at % original.length)
          case "append":
            return Buffer.concat([original, how.bytes])
          case "splice": {
            const other = sealed[how.from % sealed.length]
            const cut = 1 + (how.at % (Math.min(original.length, other.length) - 1))
            return Buffer.concat([original.subarray(0, cut), other.subarray(cut)])
          }
          case "fresh":
            return Buffer.alloc(how.length, how.fill)
          case "random":
            return Buffer.from(how.bytes)
        }
      }

      it("never throw, and change nothing but the count of those that did not open", async () => {
        const { distributor, retailer } = pair
        // However long it takes: what is missing is asked for again only when seconds have passed.
        jest.spyOn(Date, "now").mockReturnValue(Date.now())
        await seal(distributor, ...[1, 2, 3, 4].map((revision) => document(revision)))
        const [, , ...sealed] = await outgoing(distributor)
        await service.beat(distributor)
        sealed.push(...(await outgoing(distributor)))
        await seal(retailer, document(1))
        const own = await outgoing(retailer)
        await takeIn(retailer, sealed.slice(0, 1))
        await outgoing(retailer)
        const counted = ["refused_count", "unopened_count", "unopened_since", "updated_at"]
        const columns = (
          await execute<{ name: string }>(
            "select column_name as name from information_schema.columns where table_name = 'wholesale_relay_channel'"
          )
        ).flatMap(({ name }) => (counted.includes(name) ? [] : [name]))
        const everything = async () => ({
          channels: await execute<{ session_sealed: string | null }>(
            `select ${columns.join(", ")} from wholesale_relay_channel order by id`
          ),
          messages: await execute("select * from wholesale_relay_outgoing order by id"),
          incoming: await execute("select * from wholesale_relay_incoming order by sequence"),
          inbox: await execute("select * from wholesale_inbox_document"),
          sessions: [await stolen(retailer), await stolen(distributor)],
        })
        // Sealing a session again gives other bytes: what is sealed is compared.
        const before = { ...(await everything()) }
        const withoutSealed = ({ channels, ...rest }: Awaited<ReturnType<typeof everything>>) => ({
          ...rest,
          channels: channels.map((row) => ({ ...row, session_sealed: null })),
        })
        await fc.assert(
          fc.asyncProperty(fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 6 }), async (changes) => {
            const bytes = changes.map(([at, how]) => changed(sealed, at, how))
            const strange = bytes.filter((it) => ![...sealed, ...own].some((known) => known.equals(it)))
            const { refused_count } = await channel(retailer)
            await takeIn(retailer, [...strange, ...own])
            const { refused_count: after } = await channel(retailer)
            expect(after - refused_count).toBeLessThanOrEqual(strange.length + own.length)
            expect(strange.filter((it) => readMessageId(it) === undefined).length).toBeLessThanOrEqual(after - refused_count)
            expect(withoutSealed(await everything())).toEqual(withoutSealed(before))
          }),
          { numRuns: 150, seed: 20261130 }
        )
        await takeIn(retailer, sealed)
        await beatBoth(pair)
        expect(await revisions(retailer)).toEqual([1, 2, 3, 4])
        expect(await channel(retailer)).toMatchObject({ status: "open" })
      })
    })
  },
})
