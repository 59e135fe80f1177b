import { randomInt } from "node:crypto"

import type { RunningRelay } from "../start-relay"
import { describeWithRedis, forgetRelayKeys } from "./helpers/redis"
import { Store, fetchAnswer, id, pairingMessage, sealedMessages, type Answer } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

let test: TestRelay

beforeAll(async () => {
  test = await TestRelay.create()
})

afterEach(async () => {
  await test.closeNodes()
})

afterAll(async () => {
  await test.destroy()
})

/** An address that no other test asks from. */
const newAddress = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`

/** A store at an address of its own, as a load balancer tells it. */
class Caller extends Store {
  constructor(
    node: { readonly origin: string },
    readonly address = newAddress()
  ) {
    super(node)
  }

  override async call(method: string, path: string, body?: Buffer | object): Promise<Answer> {
    return await super.call(method, path, body, { headers: { "x-forwarded-for": this.address } })
  }
}

/** From the slot to message 4. @returns what the relay answered to the first message */
async function pairUp(distributor: Store, retailer: Store): Promise<Answer> {
  const slot = await distributor.openSlot()
  const begun = await retailer.begin(slot)
  if (begun.status === 200) {
    const { attempt_id } = begun.json<{ attempt_id: string }>()
    await distributor.sendStep(attempt_id, 2)
    await retailer.sendStep(attempt_id, 3)
    expect((await distributor.sendStep(attempt_id, 4)).status).toBe(204)
  }
  return begun
}

/** A guess at a slot that is not there. */
const guess = (caller: Store): Promise<Answer> => caller.begin({ slot: "22", session_id: id(32) }, pairingMessage())

async function guesses(caller: Store, count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let made = 0; made < count; made++) {
    statuses.push((await guess(caller)).status)
  }
  return statuses
}

function limitsOnPairing(start: (env: Record<string, string>) => Promise<RunningRelay>) {
  it("stops a key that guesses, while another store pairs on", async () => {
    const node = await start({ RELAY_ATTEMPTS_PER_KEY: "4" })
    const [guesser, distributor, retailer] = [new Caller(node), new Caller(node), new Caller(node)]
    expect(await guesses(guesser, 6)).toEqual([404, 404, 404, 404, 429, 429])
    const refused = await guess(guesser)
    expect(refused.json()).toMatchObject({ code: "rate_limited" })
    const seconds = Number(refused.headers.get("retry-after"))
    expect(seconds).toBeGreaterThan(3_000)
    expect(seconds).toBeLessThanOrEqual(3_600)
    expect((await pairUp(distributor, retailer)).status).toBe(200)
    // A guesser stays a store: whoever pairs with him as a distributor does so, and his mailboxes work.
    expect((await pairUp(guesser, new Caller(node))).status).toBe(200)
    expect((await guesser.call("POST", "/v1/receive", { wait_seconds: 0 })).status).toBe(200)
  })

  it("stops an address that guesses with a new key each time, and nobody elsewhere", async () => {
    const node = await start({ RELAY_ATTEMPTS_PER_ADDRESS: "5" })
    const address = newAddress()
    const statuses: number[] = []
    for (let made = 0; made < 7; made++) {
      statuses.push((await guess(new Caller(node, address))).status)
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429, 429])
    expect((await pairUp(new Caller(node, address), new Caller(node))).status).toBe(200)
  })

  it("does not count what is finished: a backend of many stores pairs them all", async () => {
    const node = await start({
      RELAY_ATTEMPTS_PER_KEY: "2",
      RELAY_ATTEMPTS_PER_ADDRESS: "2",
      RELAY_ATTEMPTS_OF_ALL: "2",
    })
    const retailer = new Caller(node)
    for (let made = 0; made < 6; made++) {
      expect((await pairUp(new Caller(node), retailer)).status).toBe(200)
    }
  })

  it("stops, when all together failed too often, only those who failed thrice: not who mistyped a code, and once more", async () => {
    const node = await start({
      RELAY_ATTEMPTS_OF_ALL: "6",
      RELAY_ATTEMPTS_PER_KEY: "100",
      RELAY_ATTEMPTS_PER_ADDRESS: "100",
    })
    const guesser = new Caller(node)
    const mistyped = new Caller(node)
    const carelessly = new Caller(node)
    expect(await guesses(carelessly, 3)).toEqual([404, 404, 404])
    expect(await guesses(mistyped, 1)).toEqual([404])
    // 3 + 1 + 2 are the six of all; his third is spared, and his last.
    expect(await guesses(guesser, 20)).toEqual([404, 404, 404, ...Array(17).fill(429)])
    // By key, and by address.
    expect((await guess(new Caller(node, guesser.address))).status).toBe(429)
    expect(await guesses(mistyped, 1)).toEqual([404])
    expect((await pairUp(new Caller(node), mistyped)).status).toBe(200)
    expect((await pairUp(new Caller(node), carelessly)).status).toBe(429)
    for (let made = 0; made < 3; made++) {
      expect((await pairUp(new Caller(node), new Caller(node))).status).toBe(200)
    }
  })

  it("counts at all nodes together", async () => {
    const [first, second] = [await start({ RELAY_ATTEMPTS_PER_KEY: "4" }), await start({ RELAY_ATTEMPTS_PER_KEY: "4" })]
    const guesser = new Caller(first)
    expect(await guesses(guesser, 2)).toEqual([404, 404])
    const elsewhere = guesser.at(second)
    expect(await guesses(elsewhere, 3)).toEqual([404, 404, 429])
    expect(await guesses(guesser, 1)).toEqual([429])
  })

  it("counts looks at slots", async () => {
    const node = await start({ RELAY_LOOKUPS_PER_KEY: "3" })
    const { slot } = await new Caller(node).openSlot()
    const guesser = new Caller(node)
    const statuses = []
    for (const name of [slot, "22", slot, slot, slot]) {
      statuses.push((await guesser.call("GET", `/v1/slots/${name}`)).status)
    }
    expect(statuses).toEqual([200, expect.any(Number), 200, 429, 429])
    expect((await new Caller(node).call("GET", `/v1/slots/${slot}`)).status).toBe(200)
  })
}

describe("limits on pairing, counted in PostgreSQL", () => {
  // Every test counts from the beginning.
  afterEach(() => test.query("delete from relay_limit"))

  limitsOnPairing((env) => test.start({ TRUST_PROXY: "1", ...env }))

  it("keep no address and no key", async () => {
    const node = await test.start({ TRUST_PROXY: "1" })
    const guesser = new Caller(node)
    await guesses(guesser, 3)
    const rows = await test.query<{ key: string; points: number }>("select key, points from relay_limit order by key")
    expect(rows.map(({ key }) => key.replace(/:.*/, ""))).toEqual([
      "medusa-wholesale-relay-attempt-address",
      "medusa-wholesale-relay-attempt-all",
      "medusa-wholesale-relay-attempt-key",
    ])
    expect(rows.map(({ points }) => points)).toEqual([3, 3, 3])
    expect(rows[0]?.key).toMatch(/:[0-9a-f]{24}$/)
    expect(rows.map(({ key }) => key).join()).not.toContain(guesser.address)
  })
})

describeWithRedis("limits on pairing, counted in Redis", (redisUrl) => {
  afterEach(() => forgetRelayKeys(redisUrl))

  limitsOnPairing((env) => test.start({ TRUST_PROXY: "1", REDIS_URL: redisUrl, ...env }))

  it("leave PostgreSQL alone", async () => {
    await guesses(new Caller(await test.start({ TRUST_PROXY: "1", REDIS_URL: redisUrl })), 2)
    expect(await test.query("select 1 from relay_limit")).toEqual([])
  })
})

describe("limits on requests, counted by each node", () => {
  it("stop a key, and no other at the same address", async () => {
    const node = await test.start({ RELAY_REQUESTS_PER_KEY: "5" })
    const [busy, calm] = [new Store(node), new Store(node)]
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => busy.call("POST", "/v1/receive", { wait_seconds: 0 }))
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.json()).toMatchObject({ code: "rate_limited", retry_after_seconds: expect.any(Number) })
    expect(Number(refused?.headers.get("retry-after"))).toBeLessThanOrEqual(60)
    expect((await calm.call("POST", "/v1/receive", { wait_seconds: 0 })).status).toBe(200)
  })

  it("stop an address, signed or not, and leave health checks alone", async () => {
    const node = await test.start({ RELAY_REQUESTS_PER_ADDRESS: "4" })
    const statuses = []
    for (let made = 0; made < 3; made++) {
      statuses.push((await fetchAnswer(`${node.origin}/v1/receive`, { method: "POST" })).status)
      statuses.push((await fetchAnswer(`${node.origin}/v1/info`)).status)
    }
    expect(statuses).toEqual([401, 200, 401, 200, 429, 429])
    expect((await new Store(node).call("POST", "/v1/receive", { wait_seconds: 0 })).status).toBe(429)
    expect((await fetchAnswer(`${node.origin}/health/ready`)).status).toBe(200)
  })

  it("take an address from a proxy only where that is trusted", async () => {
    const [trusting, wary] = [
      await test.start({ RELAY_REQUESTS_PER_ADDRESS: "2", TRUST_PROXY: "127.0.0.1" }),
      await test.start({ RELAY_REQUESTS_PER_ADDRESS: "2" }),
    ]
    const ask = async (node: RunningRelay, forwarded: string) =>
      (await fetchAnswer(`${node.origin}/v1/info`, { headers: { "x-forwarded-for": forwarded } })).status
    const each = async (node: RunningRelay) => [
      await ask(node, "203.0.113.1"),
      await ask(node, "203.0.113.2"),
      await ask(node, "203.0.113.3"),
      // What a caller adds before the proxy's own entry counts for nothing.
      await ask(node, "198.51.100.1, 203.0.113.1"),
      await ask(node, "198.51.100.2, 203.0.113.1"),
    ]
    expect(await each(trusting)).toEqual([200, 200, 200, 200, 429])
    expect(await each(wary)).toEqual([200, 200, 429, 429, 429])
  })

  it("do not keep a store from its messages that sends and receives as stores do", async () => {
    const node = await test.start()
    const [owner, sender] = [new Store(node), new Store(node)]
    const mailbox = await owner.openMailbox()
    for (let round = 0; round < 20; round++) {
      expect((await sender.send(mailbox.send_id, sealedMessages(5, 32))).status).toBe(200)
      const frames = await owner.receive()
      await owner.receive({ acknowledge: frames })
    }
  })
})
