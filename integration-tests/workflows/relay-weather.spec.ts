import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { GOODS } from "../../scripts/demo/goods"
import type { SeededStores } from "../../scripts/demo/seed"
import { startServer, type DemoServer } from "../../scripts/demo/server-process"
import { useRelay } from "../../scripts/demo/steps/channels"
import { CuriousDatabase } from "../../scripts/fixture/curious-database"
import { Needles } from "../../scripts/fixture/traces"
import { BUSINESSES } from "../../scripts/fixture/trading-stores"
import { startPostgres, type PostgresServer } from "../../scripts/postgres"
import { TestRelay } from "../../src/relay-server/__tests__/helpers/test-relay"
import { freePort } from "../helpers/free-port"
import { migratedDatabase } from "../helpers/migrated-database"
import { privateKeysOf } from "../helpers/private-keys"
import { redisContents } from "../helpers/redis-contents"
import { businessesOn, RelayedTrade } from "../helpers/relayed-trade"
import { startRelayNode, type RelayNode } from "../helpers/relay-node"
import { describeOnOwnRedis } from "../helpers/own-redis"
import { RETRY_AFTER_SECONDS, StormyProxy, type Weather } from "../helpers/stormy-proxy"
import { until } from "../helpers/until"

jest.setTimeout(180_000)

const ROOT = join(__dirname, "..", "..")
const DATABASE = `wholesale-weather-${process.pid}`
const DAY_MS = 24 * 60 * 60 * 1_000
/** Per piece; 8 % tax is 5.8552, which makes 79.05. */
const PRICE = "73.19"

/** Sweeps often: what must wait for a sweeper here waits for seconds, not for a minute. */
const BACKEND = {
  NODE_OPTIONS: "",
  LOG_LEVEL: "debug",
  WHOLESALE_RELAY_WORKERS: "true",
  WHOLESALE_RECONCILE_SCHEDULE: "*/2 * * * * *",
}

/** A backend with its workers, a relay, and between them what the internet does. */
describe("trade by a relay", () => {
  const folder = mkdtempSync(join(tmpdir(), "wholesale-weather-"))
  const log = join(folder, "backend.log")
  const relays: RelayNode[] = []
  let server: PostgresServer
  let databaseUrl: string
  let relayDatabase: TestRelay
  let curious: { readonly relay: CuriousDatabase; readonly backend: CuriousDatabase }
  let proxy: StormyProxy
  let backend: DemoServer
  let seeded: SeededStores
  let trade: RelayedTrade
  const placed: string[] = []
  const closers: (() => Promise<void>)[] = []

  const startNode = async (variables: Readonly<Record<string, string>> = {}): Promise<RelayNode> => {
    const node = await startRelayNode({
      database_url: relayDatabase.url,
      port: await freePort(),
      preload: ["shift-clock.ts"],
      variables: { RELAY_ORIGINS: `${proxy.origin},${otherAddress()}`, ...variables },
    })
    relays.push(node)
    return node
  }

  /** The same relay under another address: to those who ask it, another relay. */
  const otherAddress = (): string => proxy.origin.replace("127.0.0.1", "localhost")

  const startBackend = async (variables: NodeJS.ProcessEnv = {}): Promise<DemoServer> =>
    await startServer(
      {
        root: ROOT,
        databaseUrl,
        port: await freePort(),
        log,
        sides: "both",
        variables: { ...BACKEND, REDIS_URL: undefined, ...variables },
      },
      { admin: false }
    )

  beforeAll(async () => {
    server = await startPostgres({ dataDir: join(ROOT, ".pgdata", "test") })
    proxy = await StormyProxy.open()
    relayDatabase = await TestRelay.create()
    const [node, migrated] = await Promise.all([startNode(), migratedDatabase(server, DATABASE)])
    proxy.node = node.port
    databaseUrl = migrated
    backend = await startBackend()
    seeded = backend.seeded
    curious = {
      relay: await CuriousDatabase.open(relayDatabase.url),
      backend: await CuriousDatabase.open(databaseUrl),
    }
    await curious.relay.keepEverything()
    trade = await RelayedTrade.begin(businessesOn({ url: backend.url, seeded }), { relay_url: proxy.origin, price: PRICE })
    // The first document has made the queues' tables.
    await curious.backend.keepEverything("wholesale_queues")
  })

  afterAll(async () => {
    await backend?.stop()
    await Promise.all(closers.map((close) => close()))
    await Promise.all(relays.map((node) => node.kill()))
    await proxy.close()
    await Promise.all(Object.values(curious ?? {}).map((database) => database.close()))
    await relayDatabase.destroy()
    await server.dropDatabase(DATABASE)
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  const place = async (): Promise<string> => {
    const id = await trade.place()
    placed.push(id)
    return id
  }

  /** Documents go both ways while something is wrong, until it was met; then it is well again, and all arrive. */
  const during = async (
    wrong: () => Promise<void> | void,
    { met = async () => {}, right = () => {} }: { met?: () => Promise<void>; right?: () => Promise<void> | void } = {}
  ): Promise<void> => {
    const before = await trade.accepted(await place())
    const meanwhile = await (async () => {
      try {
        await wrong()
        const id = await place()
        await trade.approve(before)
        await met()
        return id
      } finally {
        await right()
      }
    })()
    await trade.approved(before)
    await trade.approve(await trade.accepted(meanwhile))
    await trade.approved({ id: meanwhile })
  }

  const isSend = (request: string) => request.includes("/v1/send/")
  const isReceive = (request: string) => request.includes("/v1/receive")

  /** Until both what was sent and who asks for messages met the weather. */
  const bothMet = async (weather: Weather): Promise<void> => {
    for (const asked of [isSend, isReceive]) {
      await until(async () => proxy.met.find((met) => met.weather === weather && asked(met.request)))
    }
  }

  it.each<Weather>(["away", "cut off", "slow", "garbled", "captive"])(
    "goes on after the weather was %s, with all that was announced meanwhile",
    async (weather) => {
      await during(() => proxy.change(weather), { met: () => bothMet(weather), right: () => proxy.change("clear") })
    }
  )

  it("leaves a relay alone that asks for it, for as long as it asks", async () => {
    const twiceMet = async (asked: (request: string) => boolean) => {
      const [first, second] = await until(async () => {
        const met = proxy.met.filter(({ weather, request }) => weather === "limited" && asked(request))
        const again = met.find(({ request }, index) => met.findIndex((other) => other.request === request) < index)
        return again && met.filter(({ request }) => request === again.request)
      })
      expect(second.at - first.at).toBeGreaterThanOrEqual(RETRY_AFTER_SECONDS * 1_000)
    }
    await during(() => proxy.change("limited"), {
      met: async () => {
        await Promise.all([twiceMet(isSend), twiceMet(isReceive)])
      },
      right: () => proxy.change("clear"),
    })
  })

  it("waits no longer than it means to for a relay that does not answer", async () => {
    await during(() => proxy.change((path) => (isSend(path) ? "silent" : "clear")), {
      met: async () => {
        await until(async () => {
          const failures = Object.values(await trade.channels()).map(({ send_failure }) => send_failure ?? "")
          return failures.some((failure) => failure.includes("no answer in time")) ? true : undefined
        })
      },
      right: () => proxy.change("clear"),
    })
  })

  it.each([DAY_MS, -DAY_MS])("goes on when the relay's clock is %d ms off", async (shift) => {
    const honest = proxy.node
    const { port } = await startNode({ CLOCK_SHIFT_MS: String(shift) })
    const lead = (node: number) => {
      proxy.node = node
      proxy.change("clear")
    }
    await during(() => lead(port), { met: () => bothMet("clear"), right: () => lead(honest) })
  })

  it("goes on with the other node of a relay when one is killed in a long-poll", async () => {
    const [first] = relays
    const second = await startNode()
    await during(
      async () => {
        await until(async () => {
          const metrics = await (await fetch(`${first.origin}/metrics`)).text()
          return /^wholesale_relay_waiting_polls [1-9]/m.test(metrics) ? true : undefined
        })
        await first.kill()
      },
      {
        // As a balancer does that notices.
        right: () => {
          proxy.node = second.port
        },
      }
    )
    expect(await first.ended).toBe("SIGKILL")
  })

  it("goes on when the database cuts the connections that listen, of the backend's queues and of the relay", async () => {
    const listening = (database: CuriousDatabase, what: string) =>
      database.rows<{ pid: number }>(
        `select ${what} from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
           and query ~* '(^|\\n)listen '`
      )
    const before = { backend: await listening(curious.backend, "pid"), relay: await listening(curious.relay, "pid") }
    expect([before.backend.length, before.relay.length].every((count) => count > 0)).toBe(true)
    await during(async () => {
      for (const database of [curious.backend, curious.relay]) {
        await listening(database, "pg_terminate_backend(pid)")
      }
    })
    await until(async () => {
      const after = [await listening(curious.backend, "pid"), await listening(curious.relay, "pid")]
      return after[0].length === before.backend.length && after[1].length === before.relay.length ? true : undefined
    })
  })

  it("goes on by the sweeper alone where queues lose what they are told: to send, to ask a relay, to answer for a code", async () => {
    const ofBackend = (sql: string) => curious.backend.rows<{ queue: string; jobs: number }>(sql)
    await ofBackend("create schema fate")
    await ofBackend("create table fate.lost (queue text, id text)")
    // Of what is to be sent every job; of the others the first, which the request itself put there.
    await ofBackend(`create function fate.lose() returns trigger language plpgsql as $$ begin
      if new.queue = 'wholesale-relay-send' or not exists (select from fate.lost where queue = new.queue and id = new.id) then
        insert into fate.lost values (new.queue, new.id);
        return null;
      end if;
      return new;
    end $$`)
    await ofBackend(
      "create trigger lose before insert on wholesale_queues.job for each row execute function fate.lose()"
    )
    try {
      await useRelay(trade.traders, otherAddress())
      await trade.pairAnew()
      await during(() => {})
      const lost = await ofBackend(
        "select queue, count(distinct id)::int as jobs from fate.lost group by queue order by queue"
      )
      // Each of the two stores sends over its channel and asks the relay under both addresses, 2 × 2; one has a code.
      expect(lost).toEqual([
        { queue: "wholesale-relay-pair", jobs: 1 },
        { queue: "wholesale-relay-receive", jobs: 4 },
        { queue: "wholesale-relay-send", jobs: expect.any(Number) },
      ])
    } finally {
      await ofBackend("drop schema fate cascade")
    }
  })

  describeOnOwnRedis("with queues on Redis", (redis) => {
    /** All that anybody said to it, until connections were cut. */
    const said: string[] = []
    const isOurs = (line: string) => /(^| )medusa-wholesale/.test(line)

    beforeAll(async () => {
      // The backend needs it to the end.
      closers.push(() => redis.end())
      await redis.start()
      await backend.stop()
      backend = await startBackend({ REDIS_URL: redis.url })
      const monitor = await redis.client.monitor()
      monitor.on("monitor", (_, words: string[]) => said.push(words.join(" ")))
      trade = await RelayedTrade.begin(businessesOn({ url: backend.url, seeded }), { relay_url: proxy.origin, price: PRICE })
      await during(() => {})
      // It would not outlive what comes.
      monitor.disconnect()
    })

    it("goes on when every connection to Redis is cut", async () => {
      await during(async () => {
        const cut = Number(await redis.client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"))
        expect(cut).toBeGreaterThan(0)
      })
    })

    it("goes on when Redis ends and comes back, with what was still under way", async () => {
      await during(() => proxy.change("away"), {
        // Without Redis, Medusa itself answers nobody: what is under way was announced before.
        met: async () => {
          await bothMet("away")
          await redis.stop()
          proxy.change("clear")
        },
        right: () => redis.start(),
      })
    })

    it("says no word of the trade to Redis, and leaves none there", async () => {
      const ours = said.filter(isOurs)
      expect(ours.length).toBeGreaterThan(0)
      expect(needles().in(ours.join("\n"))).toEqual([])
      const { keys, bytes } = await redisContents(redis.client, "medusa-wholesale:*")
      expect(keys).toBeGreaterThan(0)
      expect(needles().in(bytes)).toEqual([])
    })

    it("has no private key in Redis, nor was one said to it, also in what Medusa keeps there", async () => {
      const { keys, bytes } = await redisContents(redis.client)
      expect(keys).toBeGreaterThan(0)
      await expectNoKeyIn(bytes)
      await expectNoKeyIn(Buffer.from(said.join("\n")))
    })
  })

  it("has carried each document once, and nothing is left over", async () => {
    await trade.settled()
    const orders = await curious.backend.rows<{ id: string; count: string; status: string }>(
      `select po.id, count(o.id) as count, min(po.status) as status
       from wholesale_purchase_order po left join wholesale_order o on o.purchase_order_id = po.id
       group by po.id order by po.id`
    )
    expect(orders).toEqual([...placed].sort().map((id) => ({ id, count: "1", status: "accepted" })))
    const strays = await curious.backend.rows(
      `select document_type, status, error from wholesale_inbox_document where status not in ('applied', 'ignored')`
    )
    expect(strays).toEqual([])
    const ends = Object.values(await trade.channels())
    expect(ends).toMatchObject([{ status: "open", refused_count: 0 }, { status: "open", refused_count: 0 }])
    // Nothing was paid: what is approved is owed, what is accepted waits.
    const owed = await curious.backend.rows<{ balance: string; reserved: string; approved: string; pending: string }>(
      `select credit.balance::numeric(12, 2), credit.reserved::numeric(12, 2),
              coalesce(sum(o.total) filter (where o.status = 'approved'), 0)::numeric(12, 2) as approved,
              coalesce(sum(o.total) filter (where o.status = 'pending'), 0)::numeric(12, 2) as pending
       from wholesale_credit_account credit join wholesale_order o on o.account_id = credit.account_id
       group by credit.id`
    )
    expect(owed).toHaveLength(1)
    const [{ balance, reserved, approved, pending }] = owed
    expect({ balance, reserved }).toEqual({ balance: approved, reserved: pending })
  })

  /** What nobody but the two stores may know of the trade. */
  function needles(): Needles {
    return new Needles([
      PRICE,
      "79.05",
      ...GOODS.flatMap(({ title, sku }) => [title, sku]),
      ...Object.values(BUSINESSES).flatMap(({ name, email, address }) => [name, email, address.address_1]),
    ])
  }

  const dump = async (database: CuriousDatabase, schema?: string): Promise<Buffer> => {
    const values = await database.values(schema)
    return Buffer.concat(values.flatMap(({ bytes }) => [bytes, Buffer.from("\n")]))
  }

  /** That none of the backend's private keys is there, and that one would be found if it were. */
  async function expectNoKeyIn(bytes: Buffer): Promise<void> {
    const keys = await privateKeysOf(curious.backend, process.env.WHOLESALE_MASTER_KEY ?? "")
    // The master key; of two stores each a data key, an identity, a mailbox and the sender's key of its channel; of the
    // channel the root and a key for each direction, which both sides have.
    expect(keys.length).toBeGreaterThanOrEqual(1 + 2 * 4 + 3)
    const searched = new Needles(keys)
    expect(searched.in(bytes)).toEqual([])
    const planted = keys.map((key, index) => key.toString(index % 2 ? "hex" : "base64")).join("\n")
    const found = searched.in(Buffer.concat([bytes, Buffer.from(`\n${planted}\n`)]))
    expect(new Set(found.map(({ needle }) => needle)).size).toBe(searched.count)
  }

  it("has no private key in any table of any schema, queues and all they held among them, nor in anybody's log", async () => {
    const tables = new Set((await curious.backend.values()).map(({ table }) => table))
    const expected = ["public.wholesale_relay_channel", "curiosity.wholesale_queues.job"]
    expect(expected.filter((table) => !tables.has(table))).toEqual([])
    for (const bytes of [await dump(curious.backend), await dump(curious.relay), readFileSync(log)]) {
      await expectNoKeyIn(bytes)
    }
    for (const node of relays) {
      await expectNoKeyIn(Buffer.from(node.output()))
    }
    // Public keys stand in the tables, and the same search finds them.
    const stores = await curious.backend.rows<{ key: string }>("select mailbox_public_key as key from wholesale_relay_identity")
    const publicKeys = new Needles(stores.map(({ key }) => Buffer.from(key, "base64url")))
    const found = publicKeys.in(await dump(curious.backend)).map(({ needle }) => needle)
    expect(new Set(found).size).toBe(2)
  })

  it("leaves no word of it in the relay's database, in the backend's queues, nor in anybody's log", async () => {
    const searched = needles()
    const found = (bytes: Buffer) => {
      expect(bytes.length).toBeGreaterThan(0)
      return searched.in(bytes)
    }
    expect(found(await dump(curious.relay))).toEqual([])
    expect(found(await dump(curious.backend, "wholesale_queues"))).toEqual([])
    expect(found(readFileSync(log))).toEqual([])
    for (const node of relays) {
      expect(found(Buffer.from(node.output()))).toEqual([])
    }
    // The same search finds it all where it belongs.
    const own = await dump(curious.backend, "public")
    expect(new Set(found(own).map(({ needle }) => needle)).size).toBe(searched.count)
  })
})
