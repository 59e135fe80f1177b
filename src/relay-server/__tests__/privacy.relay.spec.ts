import { describeOnOwnRedis } from "../../../integration-tests/helpers/own-redis"
import { redisContents } from "../../../integration-tests/helpers/redis-contents"
import { until } from "../../../integration-tests/helpers/until"
import { Needles } from "../../../scripts/fixture/traces"
import { directionKey } from "../../lib/crypto/envelope/direction-key"
import { sealMessage } from "../../lib/crypto/envelope/message"
import { openDatabase } from "../database/open-database"
import type { RunningRelay } from "../start-relay"
import { Store, fetchAnswer, pairingMessage, sealedMessages, type CallOptions } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

const ADDRESS = "203.0.113.77"
const AGENT = "canary-agent/1.0"
const CANARY = "canary-in-a-body"

let test: TestRelay
let node: RunningRelay
/** Everything that could tell one store from another, as text. */
const secrets = new Set<string>([ADDRESS, AGENT, CANARY])

beforeAll(async () => {
  test = await TestRelay.create()
  node = await test.start({ LOG_LEVEL: "trace", TRUST_PROXY: "1" })
})

afterAll(async () => {
  await test.destroy()
})

/** A store whose key, ids, bodies and signatures are remembered as secrets. */
class WatchedStore extends Store {
  constructor(at = node) {
    super(at)
    this.watch(this.key.public_key.toString("base64url"))
  }

  override async call(method: string, path: string, body?: Buffer | object, options: CallOptions = {}) {
    path
      .split("/")
      .filter((part) => part.length > 20)
      .forEach((part) => this.watch(part))
    const answer = await super.call(method, path, body, {
      ...options,
      headers: { "x-forwarded-for": ADDRESS, "user-agent": AGENT },
    })
    const text = Buffer.isBuffer(body) ? "" : JSON.stringify(body ?? {})
    for (const part of `${text} ${answer.bytes.toString("latin1")}`.match(/[\w-]{20,}/g) ?? []) {
      this.watch(part.slice(0, 40))
    }
    return answer
  }

  private watch(secret: string): void {
    secrets.add(secret)
  }
}

/** Some of everything that a relay does, refusals among it. */
async function traffic(at = node, sealed = sealedMessages(5)): Promise<{ sealed: Buffer[] }> {
  const [owner, sender, other] = [new WatchedStore(at), new WatchedStore(at), new WatchedStore(at)]
  const mailbox = await owner.openMailbox()
  await sender.send(mailbox.send_id, sealed)
  await other.send(mailbox.send_id, sealed)
  const frames = await owner.receive({ wait_seconds: 1 })
  await owner.receive({ acknowledge: frames.slice(0, 2) })
  await owner.call("POST", "/v1/receive", Buffer.from(`{"${CANARY}":1}`))
  await owner.call("POST", "/v1/mailboxes", Buffer.from(CANARY))
  await owner.call("POST", `/v1/send/${mailbox.send_id}`, Buffer.from(CANARY))
  await owner.call("GET", `/v1/${CANARY}?${CANARY}`)
  await fetchAnswer(`${at.origin}/${CANARY}`, { headers: { [CANARY]: CANARY } })
  const slot = await owner.openSlot()
  await sender.call("GET", `/v1/slots/${slot.slot}`)
  const attempt = await sender.beginId(slot)
  await owner.sendStep(attempt, 2)
  await sender.sendStep(attempt, 3)
  await owner.sendStep(attempt, 4)
  await sender.waitStep(attempt, 4)
  const second = await owner.openSlot()
  const aborted = await other.beginId(second, pairingMessage(1_000))
  await other.call("DELETE", `/v1/attempts/${aborted}`)
  await owner.call("DELETE", `/v1/slots/${second.session_id}`)
  return { sealed }
}

const leaks = (text: string): string[] => [...secrets].filter((secret) => text.includes(secret))

describe("the log", () => {
  it("tells of each request its route, status, time and sizes, and nothing of whose it was", async () => {
    await traffic()
    expect(secrets.size).toBeGreaterThan(20)
    expect(leaks(test.log.join(""))).toEqual([])
    const lines = test.log.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toContainEqual(
      expect.objectContaining({
        method: "POST",
        route: "/v1/send/:send_id",
        status: 200,
        ms: expect.any(Number),
        bytes_in: expect.any(Number),
        bytes_out: 14,
      })
    )
    expect(lines).toContainEqual(expect.objectContaining({ method: "GET", route: "unknown", status: 404 }))
    const known = [
      "level",
      "time",
      "pid",
      "hostname",
      "reqId",
      "method",
      "route",
      "status",
      "ms",
      "bytes_in",
      "bytes_out",
      "msg",
      "err",
    ]
    expect(lines.flatMap((line) => Object.keys(line)).filter((name) => !known.includes(name))).toEqual([])
  })

  it("tells where something went wrong that nobody foresaw, and not with what", async () => {
    const store = new WatchedStore()
    const { send_id } = await store.openMailbox()
    await test.query("alter table relay_message rename to relay_message_away")
    const answer = await store.send(send_id, sealedMessages(1))
    await test.query("alter table relay_message_away rename to relay_message")
    expect([answer.status, answer.bytes.toString()]).toEqual([
      500,
      '{"code":"unforeseen","message":"Something went wrong at the relay."}',
    ])
    const line = test.log.map((text) => JSON.parse(text) as Record<string, unknown>).find(({ level }) => level === 50)
    // 42P01: a table is missing.
    expect(line).toMatchObject({
      msg: "unforeseen",
      err: { type: "QueryFailedError", message: "42P01", stack: expect.stringMatching(/^ +at /) },
    })
    expect(leaks(test.log.join(""))).toEqual([])
  })

  it("does not tell the database's password, also when it is away", async () => {
    const url = new URL(test.url)
    url.password = "canary-password"
    url.port = "1"
    const failed = openDatabase({ url: url.toString(), connections: 2, onLostConnection: () => {} })
    await expect(failed).rejects.toThrow(/^((?!canary).)*$/s)
  })
})

describe("metrics", () => {
  it("count all of it, and tell nothing of whose it was", async () => {
    await traffic()
    const { status, headers, bytes } = await fetchAnswer(node.metrics_url)
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"])
    const text = bytes.toString()
    expect(leaks(text)).toEqual([])
    for (const name of [
      "messages_stored_total",
      "stored_bytes_total",
      "messages_duplicate_total",
      "messages_handed_out_total",
      "messages_acknowledged_total",
      "messages_expired_total",
      "waiting_polls",
      "mailboxes",
      "messages_waiting",
      "waiting_bytes",
      "oldest_message_seconds",
      "listen_reconnects_total",
      'pairing_attempts_total{outcome="finished"}',
      'pairing_attempts_total{outcome="aborted"}',
      'request_seconds_count{method="POST",route="/v1/send/:send_id",status="200"}',
      'request_seconds_count{method="GET",route="unknown",status="404"}',
    ]) {
      expect(text).toContain(`wholesale_relay_${name} `)
    }
  })

  it("are for this machine alone where they have no address of their own", async () => {
    expect((await fetchAnswer(`${node.origin}/metrics`)).status).toBe(200)
    const forwarded = await fetchAnswer(`${node.origin}/metrics`, { headers: { "x-forwarded-for": "127.0.0.1" } })
    expect([forwarded.status, forwarded.json<{ code: string }>().code]).toEqual([404, "not_found"])
  })

  it("have an address of their own where one is given", async () => {
    const apart = await test.start({ METRICS_PORT: "0" })
    expect(new URL(apart.metrics_url).port).not.toBe(new URL(apart.origin).port)
    expect((await fetchAnswer(apart.metrics_url)).status).toBe(200)
    expect((await fetchAnswer(`${apart.origin}/metrics`)).status).toBe(401)
    expect((await new Store(apart).call("GET", "/metrics")).status).toBe(404)
  })
})

describe("the database", () => {
  it("holds of messages their sealed bytes, and when they came", async () => {
    const { sealed } = await traffic()
    const kept = await test.query<{ sealed: Buffer }>("select sealed from relay_message order by position desc limit 3")
    expect(kept.map((row) => row.sealed).reverse()).toEqual(sealed.slice(2))
    expect(await columns("relay_message")).toEqual([
      "mailbox_id",
      "position",
      "message_id",
      "size",
      "stored_at",
      "sealed",
    ])
  })

  it("holds no address, no agent, and nothing of a body that was refused", async () => {
    await traffic()
    const tables = await test.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema not in ('pg_catalog', 'information_schema')`
    )
    expect(tables.length).toBeGreaterThan(8)
    for (const { name } of tables) {
      const rows = await test.query<{ text: string }>(`select row_to_json(t)::text as text from ${name} t`)
      const text = rows.map((row) => row.text).join("")
      for (const secret of [ADDRESS, AGENT, CANARY]) {
        expect(text.includes(secret) || text.includes(Buffer.from(secret).toString("hex"))).toBe(false)
      }
    }
  })

  it("has the tables that its entities describe", async () => {
    const database = await openDatabase({ url: test.url, connections: 2, onLostConnection: () => {} })
    const { upQueries } = await database.driver.createSchemaBuilder().log()
    await database.destroy()
    expect(upQueries.map(({ query }) => query)).toEqual([])
  })
})

describeOnOwnRedis("Redis", (redis) => {
  const TRADE = ["CANARY-SKU-4711", "1234567.89", "Canary Trading Ltd", "canary@example.com"]
  const key = Buffer.alloc(64, "the key of one direction")

  beforeAll(() => redis.start())

  afterAll(async () => {
    await test.closeNodes()
    await redis.end()
  })

  it("is told, and holds, nothing of whose it was, and no word of what was sealed", async () => {
    const said: string[] = []
    const monitor = await redis.client.monitor()
    monitor.on("monitor", (_, words: string[]) => said.push(words.join(" ")))
    const at = await test.start({ REDIS_URL: redis.url, RELAY_EXPIRY_SECONDS: "1", TRUST_PROXY: "1" })
    const direction = directionKey({ connection_id: "whpair_1", sender: "distributor", epoch: 0 }, key)
    const sealed = [1, 2, 3].map((sequence) => {
      const payload = Buffer.from(JSON.stringify(TRADE))
      const place = { sequence, time_ms: Date.now(), previous_hash: Buffer.alloc(32), chunk_index: 0, chunk_count: 1 }
      return sealMessage(direction, { type: "document", ...place, payload }).bytes
    })
    await traffic(at, sealed)
    // Counts lie there, and the schedule's next run.
    await until(async () => (said.some((line) => line.includes("relay-expiry")) ? true : undefined))
    const { keys, bytes } = await redisContents(redis.client)
    expect(keys).toBeGreaterThan(8)

    // Ids and keys as stores write them, and the bytes that they write.
    const ids = [...secrets].map((secret) => Buffer.from(secret, "base64url")).filter(({ length }) => length >= 16)
    const needles = new Needles([...TRADE, ...secrets, ...ids, ...sealed, key])
    const everything = Buffer.concat([bytes, Buffer.from(said.join("\n"))])
    expect(needles.in(everything)).toEqual([])

    // The same search finds them under keys of every type.
    const plants = [
      ["set", "plant:string", TRADE[0]],
      ["rpush", "plant:list", "first", Buffer.from(TRADE[1]).toString("hex")],
      ["sadd", "plant:set", ` ${Buffer.from(TRADE[2]).toString("base64")} `],
      ["zadd", "plant:zset", "1", TRADE[3]],
      ["hset", "plant:hash", "field", ADDRESS],
      ["hset", "plant:hash of fields", AGENT, "value"],
      ["xadd", "plant:stream", "*", "field", key],
      ["set", `plant:${CANARY}`, "in a name"],
    ] as const
    for (const [command, ...words] of plants) {
      await redis.client.call(command, ...words)
    }
    const found = new Set(needles.in((await redisContents(redis.client)).bytes).map(({ needle }) => needle))
    expect([...found].sort()).toEqual([...TRADE, ADDRESS, AGENT, CANARY, key.toString("hex")].sort())
    monitor.disconnect()
  })
})

async function columns(table: string): Promise<string[]> {
  const rows = await test.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position",
    [table]
  )
  return rows.map(({ name }) => name)
}
