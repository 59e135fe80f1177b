import { until } from "../../../integration-tests/helpers/until"
import type { RunningRelay } from "../start-relay"
import { describeWithRedis, forgetRelayKeys } from "./helpers/redis"
import { Store, fetchAnswer, sealedMessages } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

/** 32 bytes padded are 151 sealed. */
const SIZE = 151

let test: TestRelay

beforeEach(async () => {
  test = await TestRelay.create()
})

afterEach(async () => {
  await test.destroy()
})

const bytes = (text: string): Buffer => Buffer.from(text, "base64url")

/** A mailbox with messages, of which the first so many are older than messages may become. */
async function aged(node: RunningRelay, count: number, old: number) {
  const [owner, sender] = [new Store(node), new Store(node)]
  const mailbox = await owner.openMailbox()
  for (let sent = 0; sent < count; sent += 200) {
    await sender.send(mailbox.send_id, sealedMessages(Math.min(200, count - sent), 32))
  }
  await test.query(
    `update relay_message m set stored_at = now() - interval '14 days 1 hour'
     from (select position from relay_message m join relay_mailbox b on b.id = m.mailbox_id
       where b.receive_id = $1 order by position limit $2) old
     where m.position = old.position`,
    [bytes(mailbox.receive_id), old]
  )
  return { owner, mailbox }
}

const deadLetters = () =>
  test.query<{ hash: string; size: number; days: number; reason: string; since: number }>(
    `select encode(mailbox_hash, 'hex') as hash, size, reason, floor(extract(epoch from expired_at - stored_at) / 86400)::int as days,
     extract(epoch from now() - expired_at)::int as since
   from relay_dead_letter`
  )

const messages = async () => (await test.query<{ count: number }>("select count(*)::int from relay_message"))[0]?.count

function expiry(env: Record<string, string>) {
  const start = () => test.start({ RELAY_EXPIRY_SECONDS: "1", ...env })

  it("deletes what nobody fetched, and leaves what tells of it and nothing else", async () => {
    const node = await start()
    const { owner, mailbox } = await aged(node, 6, 4)
    const other = await aged(node, 2, 1)
    await until(async () => ((await messages()) === 3 ? true : undefined))
    const dead = await until(async () => {
      const letters = await deadLetters()
      return letters.length === 5 ? letters : undefined
    })
    expect(dead).toEqual(
      Array(5).fill({
        hash: expect.stringMatching(/^[0-9a-f]{32}$/),
        size: SIZE,
        days: 14,
        reason: "expired",
        since: expect.any(Number),
      })
    )
    const hashes = dead.map(({ hash }) => hash)
    expect(new Set(hashes).size).toBe(2)
    expect(hashes).not.toContain(bytes(mailbox.receive_id).toString("hex"))
    expect(await owner.receive()).toHaveLength(2)
    expect(await other.owner.receive()).toHaveLength(1)
    const [box] = await test.query("select message_count, byte_count::int from relay_mailbox where receive_id = $1", [
      bytes(mailbox.receive_id),
    ])
    expect(box).toEqual({ message_count: 2, byte_count: 2 * SIZE })
    await until(async () => {
      const { bytes: text } = await fetchAnswer(node.metrics_url)
      return text.toString().includes("wholesale_relay_messages_expired_total 5\n") ? true : undefined
    })
  })

  it("makes one dead letter of each message, with several nodes at it and more than a batch", async () => {
    const nodes = await Promise.all([start(), start(), start()])
    const boxes = await Promise.all(nodes.map((node) => aged(node, 800, 800)))
    await until(async () => ((await messages()) === 0 ? true : undefined))
    expect(await deadLetters()).toHaveLength(2_400)
    for (const { owner, mailbox } of boxes) {
      expect(await owner.receive()).toEqual([])
      expect(
        await test.query("select message_count from relay_mailbox where receive_id = $1", [bytes(mailbox.receive_id)])
      ).toEqual([{ message_count: 0 }])
    }
  })

  it("goes on after its node has closed, at another", async () => {
    const [first, second] = [await start(), await start()]
    await aged(first, 3, 3)
    await until(async () => ((await messages()) === 0 ? true : undefined))
    await first.close()
    await aged(second, 3, 3)
    await until(async () => ((await messages()) === 0 ? true : undefined))
    expect(await deadLetters()).toHaveLength(6)
  })
}

describe("expiry by the queue in PostgreSQL", () => {
  expiry({})

  it("deletes old slots, attempts, dead letters and limits, and the messages of attempts that are over", async () => {
    const node = await test.start({ RELAY_EXPIRY_SECONDS: "1" })
    const [distributor, retailer] = [new Store(node), new Store(node)]
    const [old, young] = [await distributor.openSlot(), await distributor.openSlot()]
    await retailer.beginId(old)
    const attempt = await retailer.beginId(young)
    await test.query("update relay_slot set expires_at = now() - interval '2 hours' where session_id = $1", [
      bytes(old.session_id),
    ])
    await test.query("update relay_attempt set expires_at = now() - interval '2 hours' where id <> $1", [
      bytes(attempt),
    ])
    await test.query("update relay_attempt set expires_at = now() - interval '1 second' where id = $1", [
      bytes(attempt),
    ])
    await test.query(
      `insert into relay_dead_letter (mailbox_hash, size, stored_at, expired_at, reason)
       values ('\\x00', 1, now(), now() - interval '91 days', 'expired'), ('\\x01', 1, now(), now() - interval '89 days', 'expired')`
    )
    await test.query("insert into relay_limit (key, points, expire) values ('over', 1, 1)")
    await until(async () =>
      (await test.query("select 1 from relay_limit where key = 'over'")).length === 0 ? true : undefined
    )
    expect(await test.query("select session_id from relay_slot")).toEqual([{ session_id: bytes(young.session_id) }])
    expect(await test.query("select id, message_1 from relay_attempt")).toEqual([
      { id: bytes(attempt), message_1: null },
    ])
    expect(await deadLetters()).toHaveLength(1)
    expect((await test.query("select 1 from relay_limit")).length).toBeGreaterThan(0)
    const { bytes: text } = await fetchAnswer(node.metrics_url)
    expect(text.toString()).toContain('wholesale_relay_pairing_attempts_total{outcome="expired"} 1\n')
  })

  it("deletes empty mailboxes that nobody sends to: of pairings that came to nothing soon, others late", async () => {
    const node = await test.start({ RELAY_EXPIRY_SECONDS: "1" })
    const [owner, sender] = [new Store(node), new Store(node)]
    const made = { unused: 15, fresh: 13, silent: 366, quiet: 364, filled: 366 }
    const boxes = new Map<string, { receive_id: string; send_id: string }>()
    for (const [name, days] of Object.entries(made)) {
      const box = await owner.openMailbox()
      boxes.set(name, box)
      if (name !== "unused" && name !== "fresh") {
        await sender.send(box.send_id, sealedMessages(1, 32))
      }
      if (name !== "filled") {
        await owner.receive({ acknowledge: await owner.receive() })
      }
      await test.query("update relay_mailbox set used_at = now() - make_interval(days => $1) where receive_id = $2", [
        days,
        bytes(box.receive_id),
      ])
    }
    const left = await until(async () => {
      const rows = await test.query<{ id: Buffer }>("select receive_id as id from relay_mailbox")
      return rows.length === 3 ? rows.map(({ id }) => id.toString("base64url")) : undefined
    })
    const named = [...boxes].filter(([, { receive_id }]) => left.includes(receive_id)).map(([name]) => name)
    expect(named).toEqual(["fresh", "quiet", "filled"])
    expect((await sender.send(boxes.get("silent")?.send_id ?? "", sealedMessages(1, 32))).status).toBe(404)
    // Used again, it stays.
    await sender.send(boxes.get("quiet")?.send_id ?? "", sealedMessages(1, 32))
    const [{ days }] = await test.query<{ days: number }>(
      "select extract(day from now() - used_at)::int as days from relay_mailbox where receive_id = $1",
      [bytes(boxes.get("quiet")?.receive_id ?? "")]
    )
    expect(days).toBe(0)
    await until(async () => {
      const { bytes: text } = await fetchAnswer(node.metrics_url)
      return text.toString().includes("wholesale_relay_mailboxes_deleted_total 2\n") ? true : undefined
    })
  })

  it("keeps its queue in a schema of its own, and no job in it", async () => {
    await test.start({ RELAY_EXPIRY_SECONDS: "1" })
    await test.start({ RELAY_EXPIRY_SECONDS: "1" })
    const tables = await test.query<{ schema: string }>(
      "select distinct table_schema as schema from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1"
    )
    expect(tables.map(({ schema }) => schema)).toEqual(["public", "relay_queue"])
    // The schedule's next run, and at most the one that runs.
    const jobs = await test.query("select 1 from relay_queue.job")
    expect(jobs.length).toBeLessThanOrEqual(2)
  })
})

describeWithRedis("expiry by the queue in Redis", (redisUrl) => {
  afterEach(() => forgetRelayKeys(redisUrl))

  expiry({ REDIS_URL: redisUrl })

  it("makes no queue in PostgreSQL", async () => {
    await test.start({ RELAY_EXPIRY_SECONDS: "1", REDIS_URL: redisUrl })
    expect(await test.query("select 1 from information_schema.schemata where schema_name = 'relay_queue'")).toEqual([])
  })
})
