import { SLOT_NAMES } from "../pairing/slot-names"
import type { RunningRelay } from "../start-relay"
import { Store, id, pairingMessage } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

/** As many as one test run asks for from one address. */
const AMPLE = {
  RELAY_LOOKUPS_PER_ADDRESS: "100000",
  RELAY_ATTEMPTS_PER_ADDRESS: "100000",
  RELAY_ATTEMPTS_OF_ALL: "100000",
  RELAY_SLOTS_PER_ADDRESS: "10000",
}

let test: TestRelay
let node: RunningRelay

beforeAll(async () => {
  test = await TestRelay.create()
  node = await test.start(AMPLE)
})

afterAll(async () => {
  await test.destroy()
})

async function meet() {
  const [distributor, retailer] = [new Store(node), new Store(node)]
  const slot = await distributor.openSlot()
  return { distributor, retailer, slot }
}

const codeOf = (answer: { json<Body>(): Body }) => answer.json<{ code: string }>().code

async function pass(what: "relay_slot" | "relay_attempt", where: string, value: unknown): Promise<void> {
  await test.query(`update ${what} set expires_at = now() - interval '1 second' where ${where} = $1`, [value])
}

const bytes = (text: string): Buffer => Buffer.from(text, "base64url")

describe("a pairing", () => {
  it("goes from the slot to message 4, each step to the side it is for", async () => {
    const { distributor, retailer, slot } = await meet()
    expect((await retailer.call("GET", `/v1/slots/${slot.slot}`)).json()).toEqual({ session_id: slot.session_id })
    const messages = [pairingMessage(66), pairingMessage(16_466), pairingMessage(16_434), pairingMessage(34)]
    const [one, two, three, four] = messages
    const attempt = await retailer.beginId(slot, one)
    expect(attempt).toMatch(/^[\w-]{22}$/)

    const seen = await distributor.call("POST", "/v1/slots/wait", { wait_seconds: 25 })
    expect(seen.json()).toEqual({
      attempts: [{ attempt_id: attempt, session_id: slot.session_id, slot: slot.slot, message: one }],
    })
    expect((await distributor.sendStep(attempt, 2, two)).status).toBe(204)
    expect((await distributor.call("POST", "/v1/slots/wait", { wait_seconds: 0 })).json()).toEqual({ attempts: [] })
    expect((await retailer.waitStep(attempt, 2, 25)).json()).toEqual({ message: two })
    expect((await retailer.sendStep(attempt, 3, three)).status).toBe(204)
    expect((await distributor.waitStep(attempt, 3, 25)).json()).toEqual({ message: three })
    expect((await distributor.sendStep(attempt, 4, four)).status).toBe(204)
    expect((await retailer.waitStep(attempt, 4, 25)).json()).toEqual({ message: four })
    // The slot is used, and message 4 can be read again.
    expect((await new Store(node).call("GET", `/v1/slots/${slot.slot}`)).status).toBe(404)
    expect((await retailer.waitStep(attempt, 4)).json()).toEqual({ message: four })
  })

  it("wakes each side that waits for the other", async () => {
    const { distributor, retailer, slot } = await meet()
    const attempts = distributor.call("POST", "/v1/slots/wait", { wait_seconds: 25 })
    const attempt = await retailer.beginId(slot)
    expect((await attempts).json()).toMatchObject({ attempts: [{ attempt_id: attempt }] })
    for (const step of [2, 3, 4]) {
      const [from, to] = step === 3 ? [retailer, distributor] : [distributor, retailer]
      const message = pairingMessage()
      const waiting = to.waitStep(attempt, step, 25)
      expect((await from.sendStep(attempt, step, message)).status).toBe(204)
      expect((await waiting).json()).toEqual({ message })
    }
  })

  it("does nothing twice: each request may come again", async () => {
    const { distributor, retailer, slot } = await meet()
    expect(await distributor.openSlot(slot.session_id)).toEqual(slot)
    const opening = pairingMessage()
    const attempts = await Promise.all(Array.from({ length: 5 }, () => retailer.beginId(slot, opening)))
    expect(new Set(attempts).size).toBe(1)
    const attempt = attempts[0] ?? ""
    const message = pairingMessage()
    expect((await distributor.sendStep(attempt, 2, message)).status).toBe(204)
    expect((await distributor.sendStep(attempt, 2, message)).status).toBe(204)
    const other = await distributor.sendStep(attempt, 2)
    expect([other.status, codeOf(other)]).toEqual([409, "step_taken"])
    await retailer.sendStep(attempt, 3)
    await distributor.sendStep(attempt, 4, message)
    expect((await distributor.sendStep(attempt, 4, message)).status).toBe(204)
    const [row] = await test.query("select attempts, state from relay_slot where session_id = $1", [
      bytes(slot.session_id),
    ])
    expect(row).toEqual({ attempts: 1, state: "used" })
  })

  it("takes the steps in turn and from the right side", async () => {
    const { distributor, retailer, slot } = await meet()
    const attempt = await retailer.beginId(slot)
    const status = async (store: Store, step: number) => (await store.sendStep(attempt, step)).status
    expect([
      await status(distributor, 3),
      await status(distributor, 4),
      await status(retailer, 3),
      await status(retailer, 2),
    ]).toEqual([404, 404, 404, 404])
    expect(await status(distributor, 2)).toBe(204)
    expect([await status(distributor, 4), await status(distributor, 3)]).toEqual([404, 404])
    expect((await distributor.waitStep(attempt, 2)).status).toBe(404)
    expect((await retailer.waitStep(attempt, 3)).status).toBe(404)
    expect((await retailer.waitStep(attempt, 4)).status).toBe(204)
  })

  it("goes on at a node that has not seen it before", async () => {
    const { distributor, retailer, slot } = await meet()
    const second = await test.start(AMPLE)
    const attempts = distributor.call("POST", "/v1/slots/wait", { wait_seconds: 25 })
    const attempt = await retailer.at(second).beginId(slot)
    expect((await attempts).json()).toMatchObject({ attempts: [{ attempt_id: attempt }] })
    const waiting = retailer.at(second).waitStep(attempt, 2, 25)
    const message = pairingMessage()
    await distributor.sendStep(attempt, 2, message)
    expect((await waiting).json()).toEqual({ message })
  })
})

describe("a slot", () => {
  it("is one of 1,024, and nobody else's while it is open", async () => {
    const stores = Array.from({ length: 40 }, () => new Store(node))
    const slots = await Promise.all(stores.map((store) => store.openSlot()))
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(40)
    expect(slots.every(({ slot }) => SLOT_NAMES.includes(slot))).toBe(true)
    expect(SLOT_NAMES).toHaveLength(1_024)
    expect(Date.parse(slots[0]?.expires_at ?? "")).toBeGreaterThan(Date.now() + 500_000)
  })

  it("takes ten attempts and no more, however many come at once", async () => {
    const { distributor, slot } = await meet()
    const guessers = Array.from({ length: 100 }, () => new Store(node))
    const answers = await Promise.all(guessers.map((guesser) => guesser.begin(slot)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(90)
    expect((await new Store(node).call("GET", `/v1/slots/${slot.slot}`)).status).toBe(404)
    const { attempts } = (await distributor.call("POST", "/v1/slots/wait", { wait_seconds: 0 })).json<{
      attempts: object[]
    }>()
    expect(attempts).toHaveLength(10)
  })

  it("is used by one of the attempts that come to the end at once", async () => {
    const { distributor, slot } = await meet()
    const retailers = Array.from({ length: 6 }, () => new Store(node))
    const attempts = await Promise.all(retailers.map((retailer) => retailer.beginId(slot)))
    for (const [index, attempt] of attempts.entries()) {
      await distributor.sendStep(attempt, 2)
      await retailers[index]?.sendStep(attempt, 3)
    }
    const ends = await Promise.all(attempts.map((attempt) => distributor.sendStep(attempt, 4)))
    expect(ends.map(({ status }) => status).sort()).toEqual([204, ...Array(5).fill(404)])
    const winner = ends.findIndex(({ status }) => status === 204)
    const seen = await Promise.all(attempts.map((attempt, index) => retailers[index]?.waitStep(attempt, 4)))
    expect(seen.map((answer) => answer?.status)).toEqual(attempts.map((_, index) => (index === winner ? 200 : 404)))
  })

  it("ends the attempts at it when its store closes it, also for who waits", async () => {
    const { distributor, retailer, slot } = await meet()
    const attempt = await retailer.beginId(slot)
    const waiting = retailer.waitStep(attempt, 2, 25)
    expect((await distributor.call("DELETE", `/v1/slots/${slot.session_id}`)).status).toBe(204)
    expect((await waiting).status).toBe(404)
    expect((await distributor.sendStep(attempt, 2)).status).toBe(404)
    expect((await retailer.begin(slot)).status).toBe(404)
    expect((await distributor.call("DELETE", `/v1/slots/${slot.session_id}`)).status).toBe(404)
  })

  it("ends the other attempts when one uses it, also for who waits", async () => {
    const { distributor, retailer, slot } = await meet()
    const slow = new Store(node)
    const [attempt, other] = [await retailer.beginId(slot), await slow.beginId(slot)]
    const waiting = slow.waitStep(other, 2, 25)
    await distributor.sendStep(attempt, 2)
    await retailer.sendStep(attempt, 3)
    await distributor.sendStep(attempt, 4)
    expect((await waiting).status).toBe(404)
    expect((await slow.begin(slot)).status).toBe(404)
  })

  it("is closed when its time is over, and its name is free again", async () => {
    const { distributor, retailer, slot } = await meet()
    const attempt = await retailer.beginId(slot)
    await pass("relay_slot", "session_id", bytes(slot.session_id))
    expect((await retailer.call("GET", `/v1/slots/${slot.slot}`)).status).toBe(404)
    expect((await retailer.begin(slot)).status).toBe(404)
    expect((await distributor.sendStep(attempt, 2)).status).toBe(404)
    expect((await distributor.call("DELETE", `/v1/slots/${slot.session_id}`)).status).toBe(404)
    const again = await distributor.call("POST", "/v1/slots", { session_id: slot.session_id, ttl_seconds: 60 })
    expect(again.status).toBe(404)
    await new Store(node).openSlot()
    expect(await test.query("select 1 from relay_slot where state = 'open' and expires_at < now()")).toEqual([])
  })

  it("stays as it was when the relay is started anew: open, or closed", async () => {
    const { distributor, retailer, slot } = await meet()
    const [used, closed] = [await meet(), await meet()]
    const attempt = await used.retailer.beginId(used.slot)
    await used.distributor.sendStep(attempt, 2)
    await used.retailer.sendStep(attempt, 3)
    await used.distributor.sendStep(attempt, 4)
    await closed.distributor.call("DELETE", `/v1/slots/${closed.slot.session_id}`)

    const first = await test.start(AMPLE)
    await first.close()
    const second = await test.start(AMPLE)
    const at = (store: Store, name: string) => store.at(second).call("GET", `/v1/slots/${name}`)
    expect((await at(retailer, slot.slot)).status).toBe(200)
    expect((await at(retailer, used.slot.slot)).status).toBe(404)
    expect((await at(retailer, closed.slot.slot)).status).toBe(404)
    expect((await distributor.at(second).openSlot(slot.session_id)).slot).toBe(slot.slot)
    expect((await used.retailer.at(second).waitStep(attempt, 4)).status).toBe(200)
  })

  it("is rationed for a key, for an address, and there are no more than there are", async () => {
    const store = new Store(node)
    const ask = (who: Store) => who.call("POST", "/v1/slots", { session_id: id(32), ttl_seconds: 600 })
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(store)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(200), ...Array(3).fill(429)])
    const refused = answers.find(({ status }) => status === 429)
    expect(refused && codeOf(refused)).toBe("slots_rationed")
    const seconds = Number(refused?.headers.get("retry-after"))
    expect(seconds).toBeGreaterThan(500)
    expect(seconds).toBeLessThanOrEqual(600)

    const [{ open }] = (await test.query<{ open: number }>(
      "select count(*)::int as open from relay_slot where state = 'open'"
    )) as [{ open: number }]
    const few = await test.start({ ...AMPLE, RELAY_SLOTS_PER_ADDRESS: String(open + 1) })
    expect((await ask(new Store(few))).status).toBe(200)
    expect(codeOf(await ask(new Store(few)))).toBe("slots_rationed")

    await test.query(
      `insert into relay_slot (slot, session_id, owner_key, address_hash, expires_at)
       select name, decode(md5(name), 'hex'), '\\x00', '\\x00', now() + interval '1 hour' from unnest($1::text[]) as name
       on conflict do nothing`,
      [SLOT_NAMES]
    )
    expect(codeOf(await ask(new Store(node)))).toBe("slots_rationed")
    await test.query("delete from relay_slot where owner_key = '\\x00'")
    expect((await ask(new Store(node))).status).toBe(200)
  })
})

describe("an attempt", () => {
  it("is over when either side aborts it, also for who waits", async () => {
    for (const side of ["distributor", "retailer"] as const) {
      const { distributor, retailer, slot } = await meet()
      const parties = { distributor, retailer }
      const attempt = await retailer.beginId(slot)
      await distributor.sendStep(attempt, 2)
      const waiting = distributor.waitStep(attempt, 3, 25)
      expect((await new Store(node).call("DELETE", `/v1/attempts/${attempt}`)).status).toBe(404)
      expect((await parties[side].call("DELETE", `/v1/attempts/${attempt}`)).status).toBe(204)
      expect((await waiting).status).toBe(404)
      expect((await retailer.sendStep(attempt, 3)).status).toBe(404)
      expect((await parties[side].call("DELETE", `/v1/attempts/${attempt}`)).status).toBe(404)
      expect(
        await test.query("select message_1, message_2 from relay_attempt where id = $1", [bytes(attempt)])
      ).toEqual([{ message_1: null, message_2: null }])
      // The slot takes another, and the one that is over is not shown any more.
      expect((await retailer.begin(slot)).status).toBe(200)
    }
  })

  it("is over after five minutes, message 4 with it", async () => {
    const { distributor, retailer, slot } = await meet()
    const attempt = await retailer.beginId(slot)
    const [row] = await test.query<{ seconds: number }>(
      "select extract(epoch from expires_at - created_at)::int as seconds from relay_attempt where id = $1",
      [bytes(attempt)]
    )
    expect(row?.seconds).toBe(300)
    await distributor.sendStep(attempt, 2)
    await retailer.sendStep(attempt, 3)
    await distributor.sendStep(attempt, 4)
    await pass("relay_slot", "session_id", bytes(slot.session_id))
    expect((await retailer.waitStep(attempt, 4)).status).toBe(200)
    await pass("relay_attempt", "id", bytes(attempt))
    expect((await retailer.waitStep(attempt, 4)).status).toBe(404)
  })

  it("is not made from a message that began one that is over", async () => {
    const { retailer, slot } = await meet()
    const opening = pairingMessage()
    const attempt = await retailer.beginId(slot, opening)
    await retailer.call("DELETE", `/v1/attempts/${attempt}`)
    expect((await retailer.begin(slot, opening)).status).toBe(404)
  })
})
