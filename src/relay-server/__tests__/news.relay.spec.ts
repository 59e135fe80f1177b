import { until } from "../../../integration-tests/helpers/until"
import type { RunningRelay } from "../start-relay"
import { Store, fetchAnswer, pairingMessage, sealedMessages } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

let test: TestRelay
let first: RunningRelay
let second: RunningRelay

beforeAll(async () => {
  test = await TestRelay.create()
  // Two that start at once on a database without tables.
  ;[first, second] = await Promise.all([test.start(), test.start()])
})

afterAll(async () => {
  await test.destroy()
})

/** A store at the first node with a mailbox, and one at the second that sends to it. */
async function pair() {
  const [owner, sender] = [new Store(first), new Store(second)]
  return { owner, sender, mailbox: await owner.openMailbox() }
}

async function metric(node: RunningRelay, name: string): Promise<number> {
  const { bytes } = await fetchAnswer(node.metrics_url)
  const line = bytes
    .toString()
    .split("\n")
    .find((text) => text.startsWith(`wholesale_relay_${name} `))
  return Number(line?.split(" ")[1])
}

const bytes = (text: string): Buffer => Buffer.from(text, "base64url")

const waits = (node: RunningRelay, count: number) => async () =>
  (await metric(node, "waiting_polls")) === count ? true : undefined

describe("who waits", () => {
  it("is woken by what is sent at the same node, and at another", async () => {
    const { owner, sender, mailbox } = await pair()
    for (const node of [first, second]) {
      const [message] = sealedMessages(1)
      const waiting = owner.receive({ wait_seconds: 25 })
      await until(waits(first, 1))
      await sender.at(node).send(mailbox.send_id, message ? [message] : [])
      const frames = await waiting
      expect(frames.map(({ sealed }) => sealed)).toEqual([message])
      await owner.receive({ acknowledge: frames })
    }
  })

  it("waits on when it is woken for nothing, and gets an empty answer in the end", async () => {
    const { owner, mailbox } = await pair()
    const nothing = owner.receive({ wait_seconds: 2 })
    const other = new Store(second)
    await other.send(mailbox.send_id, sealedMessages(1))
    const frames = await nothing
    expect(frames).toHaveLength(1)
    await owner.receive({ acknowledge: frames })
    expect(await owner.receive({ wait_seconds: 1 })).toEqual([])
  })

  it("waits no longer when its caller is gone", async () => {
    const { owner } = await pair()
    const gone = new AbortController()
    const waiting = owner.receive({ wait_seconds: 25 }, { signal: gone.signal })
    await until(waits(first, 1))
    gone.abort()
    await expect(waiting).rejects.toThrow()
    await until(waits(first, 0))
  })

  it("is one of at most sixteen for a key; the longest waiting leaves for the next", async () => {
    const { owner, sender, mailbox } = await pair()
    const waiting = Array.from({ length: 16 }, () => owner.receive({ wait_seconds: 25 }))
    await until(waits(first, 16))
    const next = owner.receive({ wait_seconds: 25 })
    const released = await Promise.race(waiting)
    expect(released).toEqual([])
    await sender.send(mailbox.send_id, sealedMessages(1))
    expect(await next).toHaveLength(1)
    await Promise.all(waiting)
  })

  it("finds what nobody told it, when it looks again", async () => {
    const { owner, sender, mailbox } = await pair()
    await sender.send(mailbox.send_id, sealedMessages(1))
    const known = await owner.receive()
    await owner.receive({ acknowledge: known })
    const waiting = owner.receive({ wait_seconds: 25 })
    await until(waits(first, 1))
    // A message that no node announces, as when a notification is lost.
    await test.query(
      `with box as (
         update relay_mailbox set message_count = 1, byte_count = $2 where receive_id = $1 returning id
       )
       insert into relay_message (mailbox_id, message_id, size, sealed) select id, $3, $2, $4 from box`,
      [bytes(mailbox.receive_id), known[0]?.sealed.length, Buffer.alloc(16, 7), known[0]?.sealed]
    )
    expect(await waiting).toHaveLength(1)
  })

  it("finds attempts, steps and ends that nobody told it, too", async () => {
    const [distributor, retailer, other] = [new Store(first), new Store(first), new Store(first)]
    const [slot, ending] = [await distributor.openSlot(), await other.openSlot()]
    const [attempt, ended] = [await retailer.beginId(slot), await retailer.beginId(ending)]
    await distributor.sendStep(attempt, 2)
    const waiting = [
      distributor.call("POST", "/v1/slots/wait", { wait_seconds: 25 }),
      distributor.waitStep(attempt, 3, 25),
      retailer.waitStep(ended, 2, 25),
    ]
    await until(waits(first, 3))
    const message = Buffer.from(pairingMessage(), "base64url")
    await test.query(
      `insert into relay_attempt (id, slot_id, guest_key, address_hash, message_hash, message_1, expires_at)
       select '\\x00', slot_id, '\\x00', '\\x00', '\\x00', $2, expires_at from relay_attempt where id = $1`,
      [bytes(attempt), message]
    )
    await test.query("update relay_attempt set step = 3, message_3 = $2 where id = $1", [bytes(attempt), message])
    await test.query("update relay_slot set expires_at = now() where slot = $1", [ending.slot])
    const [attempts, step, end] = await Promise.all(waiting)
    expect(attempts?.json<{ attempts: object[] }>().attempts).toHaveLength(1)
    expect(step?.json()).toEqual({ message: message.toString("base64url") })
    expect(end?.status).toBe(404)
  })
})

describe("the connection that hears other nodes", () => {
  it("is made again when it is cut, and all who wait look again", async () => {
    const { owner, sender, mailbox } = await pair()
    const before = await metric(first, "listen_reconnects_total")
    const waiting = owner.receive({ wait_seconds: 25 })
    await until(waits(first, 1))
    const cut = await test.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'medusa-wholesale-relay listener'`
    )
    expect(cut).toHaveLength(2)
    await until(async () => ((await metric(first, "listen_reconnects_total")) > before ? true : undefined))
    await until(async () => ((await metric(second, "listen_reconnects_total")) > 0 ? true : undefined))
    // Who looks again every few seconds finds all of it as well, only later.
    const heard = await test.query(
      `select query from pg_stat_activity
       where datname = current_database() and application_name = 'medusa-wholesale-relay listener'`
    )
    expect(heard).toEqual(Array(2).fill({ query: "listen relay_news" }))
    await sender.send(mailbox.send_id, sealedMessages(1))
    expect(await waiting).toHaveLength(1)
    await owner.receive({ acknowledge: await owner.receive() })

    const again = owner.receive({ wait_seconds: 25 })
    await until(waits(first, 1))
    await sender.send(mailbox.send_id, sealedMessages(1))
    expect(await again).toHaveLength(1)
  })

  it("does not take requests down when all connections are cut", async () => {
    const { owner, sender, mailbox } = await pair()
    await test.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`
    )
    const sent = await until(async () => {
      const answer = await sender.send(mailbox.send_id, sealedMessages(3))
      expect([200, 503]).toContain(answer.status)
      return answer.status === 200 ? answer : undefined
    })
    expect(sent.json()).toEqual({ accepted: 3 })
    expect((await owner.receive()).length).toBeGreaterThanOrEqual(3)
    expect((await fetchAnswer(`${first.origin}/health/ready`)).status).toBe(200)
  })
})

describe("a database that is away", () => {
  it("is told as such, and all goes on when it is back: requests, waits and expiry", async () => {
    const node = await test.start({ RELAY_EXPIRY_SECONDS: "1" })
    const [owner, sender] = [new Store(node), new Store(node)]
    const mailbox = await owner.openMailbox()
    await test.duringOutage(async () => {
      const answer = await sender.send(mailbox.send_id, sealedMessages(1))
      expect(answer.status).toBe(503)
      expect(answer.headers.get("retry-after")).toBe("5")
      expect(answer.json()).toMatchObject({ code: "unavailable", retry_after_seconds: 5 })
      expect((await fetchAnswer(`${node.origin}/health/ready`)).status).toBe(503)
      expect((await fetchAnswer(`${node.origin}/health/live`)).status).toBe(200)
      const pairing = await owner.call("POST", "/v1/slots", { session_id: "A".repeat(43), ttl_seconds: 60 })
      expect(pairing.status).toBe(503)
    })
    await until(async () => ((await fetchAnswer(`${node.origin}/health/ready`)).status === 200 ? true : undefined))
    const waiting = owner.receive({ wait_seconds: 25 })
    expect((await sender.send(mailbox.send_id, sealedMessages(1))).json()).toEqual({ accepted: 1 })
    expect(await waiting).toHaveLength(1)
    await test.query("update relay_message set stored_at = now() - interval '15 days'")
    await until(async () => ((await test.query("select 1 from relay_message")).length === 0 ? true : undefined), 50_000)
    expect(test.log.filter((line) => line.includes('"level":50'))).toEqual([])
    await node.close()
  })
})

describe("closing", () => {
  it("ends those who wait at once with an empty answer, and takes no more", async () => {
    const node = await test.start()
    const store = new Store(node)
    const waiting = store.call("POST", "/v1/receive", { wait_seconds: 25 })
    const slots = store.call("POST", "/v1/slots/wait", { wait_seconds: 25 })
    await until(waits(node, 2))
    const closed = node.close()
    expect(node.close()).toBe(closed)
    const [answer, attempts] = await Promise.all([waiting, slots])
    expect([answer.status, answer.bytes.length]).toEqual([200, 0])
    expect(answer.headers.get("connection")).toBe("close")
    expect(attempts.json()).toEqual({ attempts: [] })
    await closed
    await expect(store.call("POST", "/v1/receive", { wait_seconds: 0 })).rejects.toThrow()
    const left = await test.query(
      "select 1 from pg_stat_activity where application_name = 'medusa-wholesale-relay listener' and datname = current_database()"
    )
    expect(left).toHaveLength(2)
  })

  it("is not needed where a start fails: nothing of it is left", async () => {
    const { port } = new URL(first.origin)
    await expect(test.start({ PORT: port })).rejects.toThrow(/EADDRINUSE/)
    const left = await test.query(
      "select 1 from pg_stat_activity where application_name = 'medusa-wholesale-relay listener' and datname = current_database()"
    )
    expect(left).toHaveLength(2)
  })
})
