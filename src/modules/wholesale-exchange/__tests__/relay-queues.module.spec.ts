import { randomBytes } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"

import { freePort } from "../../../../integration-tests/helpers/free-port"
import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { describeOnOwnRedis } from "../../../../integration-tests/helpers/own-redis"
import { startRelayNode } from "../../../../integration-tests/helpers/relay-node"
import { until } from "../../../../integration-tests/helpers/until"
import { startPostgres } from "../../../../scripts/postgres"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { serve, stopServers } from "../relay-client/__tests__/servers"
import { makeQueue } from "../workers/queue-backend"
import { RelayWorkers } from "../workers/relay-workers"
import { Waker } from "../workers/waker"
import { document, hostedProcess, openPair, sides } from "./relay-sides"

jest.setTimeout(120_000)

const MASTER_KEY = randomBytes(32).toString("base64")
/** Nobody listens there: what is asked of it fails at once. */
const RELAY = "http://127.0.0.1:1"
const PURPOSES = ["wholesale-relay-pair", "wholesale-relay-receive", "wholesale-relay-send"]

interface Jobs {
  readonly waiting: string[]
  readonly active: string[]
}

/** How a backend of the queues is looked at from outside. */
interface Look {
  jobs(): Promise<Jobs>
  /** Connections that wait for jobs. */
  waiters(): Promise<number>
}

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: MASTER_KEY },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, revisions } = sides(service, MikroOrmWrapper)
    const relay = { store_id: "distributor", relay_url: RELAY }

    beforeEach(async () => {
      await service.setRelay(relay)
    })

    const databaseUrl = async (): Promise<string> => {
      const url = new URL(process.env.DATABASE_URL ?? "")
      const [{ name }] = await execute<{ name: string }>("select current_database() as name")
      url.pathname = `/${name}`
      return url.toString()
    }

    const inPostgres: Look = {
      jobs: async () => {
        const rows = await execute<{ queue: string; state: keyof Jobs }>(
          "select queue, state from wholesale_queues.job where state in ('waiting', 'active') order by queue"
        )
        const of = (wanted: keyof Jobs) => rows.filter(({ state }) => state === wanted).map(({ queue }) => queue)
        return { waiting: of("waiting"), active: of("active") }
      },
      waiters: async () =>
        (
          await execute(
            `select 1 from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid() and query ~* '(^|\\n)listen '`
          )
        ).length,
    }

    /** A server wakes, a worker works, and both let go of the queues when they end. */
    async function followJobs(look: Look, projectConfig: object): Promise<void> {
      const options = { masterKey: MASTER_KEY }
      const host = (worker_mode: "server" | "worker") =>
        hostedProcess(service, { projectConfig, options, declaration: { worker_mode } })
      const [server, worker] = [host("server"), host("worker")]

      await server.__hooks.onApplicationStart()
      await server.wakeSending({ id: "whcon_none", store_id: "distributor" })
      await server.wakeReceiving(relay)
      await server.wakePairing(relay)
      expect(await look.jobs()).toEqual({ waiting: PURPOSES, active: [] })
      const idle = await look.waiters()

      // There is nothing to send, and no workflow to pair by: those jobs end. Who receives asks again and again.
      await worker.__hooks.onApplicationStart()
      await until(async () => {
        const { waiting, active } = await look.jobs()
        return waiting.length === 0 && active.join() === "wholesale-relay-receive" ? true : undefined
      })
      expect(await look.waiters()).toBeGreaterThan(idle)

      for (const process of [worker, server]) {
        await process.__hooks.onApplicationPrepareShutdown()
        await process.__hooks.onApplicationShutdown()
      }
      await until(async () => ((await look.waiters()) === 0 ? true : undefined))
      expect((await look.jobs()).active).toEqual([])
    }

    it("has a queue for each purpose in PostgreSQL, in a schema of its own", async () => {
      await followJobs(inPostgres, { databaseUrl: await databaseUrl() })
      const schemas = await execute<{ schema: string }>(
        "select table_schema as schema from information_schema.tables where table_name = 'job'"
      )
      expect(schemas).toEqual([{ schema: "wholesale_queues" }])
      const queues = await execute<{ queue: string }>("select distinct queue from wholesale_queues.meta order by queue")
      expect(queues.map(({ queue }) => queue)).toEqual(PURPOSES)
    })

    it("ends although an errand does not, says what it left, and holds no queue", async () => {
      const warnings: string[] = []
      let isBegun = false
      const endless = async (): Promise<void> => {
        isBegun = true
        await new Promise<void>(() => {})
      }
      const workers = new RelayWorkers({
        exchange: service,
        traffic: service.traffic,
        errands: { applyInbox: async () => {}, answerPairings: endless },
        settings: { database_url: await databaseUrl() },
        log: { warn: (message) => void warnings.push(message) },
        ending: new AbortController(),
      })
      workers.start()
      await workers.wakePairing(relay)
      await until(async () => (isBegun ? true : undefined))
      await workers.close()
      expect(warnings).toEqual([expect.stringMatching(/^Wholesale relay, ending: .*: wholesale-relay-pair$/)])
      await until(async () => ((await inPostgres.waiters()) === 0 ? true : undefined))
    }, 30_000)

    describeOnOwnRedis("with Redis", (redis) => {
      beforeAll(() => redis.start())

      // A process that could say nothing more leaves its jobs there, for others.
      beforeEach(async () => void (await redis.client.flushall()))

      afterAll(() => redis.end())

      const clients = async () => String(await redis.client.client("LIST")).trim().split("\n")

      const inRedis: Look = {
        jobs: async () => {
          const of = async (list: string) => {
            const lengths = await Promise.all(PURPOSES.map((name) => redis.client.llen(`medusa-wholesale:${name}:${list}`)))
            return PURPOSES.filter((_, index) => lengths[index] > 0)
          }
          return { waiting: await of("wait"), active: await of("active") }
        },
        waiters: async () => (await clients()).filter((line) => line.includes("cmd=bzpopmin")).length,
      }

      it("has a queue for each purpose there, under a prefix of its own, and none in PostgreSQL", async () => {
        await execute("drop schema if exists wholesale_queues cascade")
        await followJobs(inRedis, { databaseUrl: await databaseUrl(), redisUrl: redis.url })
        const keys = await redis.client.keys("*")
        const places = new Set(keys.map((key) => key.split(":").slice(0, 2).join(":")))
        expect([...places].sort()).toEqual(PURPOSES.map((name) => `medusa-wholesale:${name}`))
        expect(await execute("select 1 from information_schema.schemata where schema_name = 'wholesale_queues'")).toEqual([])
      })

      /** A process that works, with its queues on this Redis. */
      const startWorker = async () => {
        const projectConfig = { databaseUrl: await databaseUrl(), redisUrl: redis.url }
        const worker = hostedProcess(service, { projectConfig, options: { masterKey: MASTER_KEY }, declaration: { worker_mode: "worker" } })
        await worker.__hooks.onApplicationStart()
        return {
          worker,
          end: async () => {
            await worker.__hooks.onApplicationPrepareShutdown()
            await worker.__hooks.onApplicationShutdown()
          },
        }
      }

      const polls = async () =>
        await until(async () => ((await inRedis.jobs()).active.join() === "wholesale-relay-receive" ? true : undefined))

      /** All but the tests' own. */
      const connections = async () => (await clients()).filter((line) => !line.includes("cmd=client"))

      const away: [string, () => Promise<void> | void, () => Promise<void> | void][] = [
        ["has ended", () => redis.stop(), () => redis.start()],
        ["answers nobody", () => redis.freeze(), () => redis.thaw()],
      ]

      it.each(away)("ends in order while Redis %s, in the middle of its work, and holds nothing there when it is back", async (_, leave, comeBack) => {
        const { worker, end } = await startWorker()
        await polls()
        await leave()
        try {
          await worker.wakeSending({ id: "whcon_none", store_id: "distributor" })
          await worker.wakeSending({ id: "whcon_other", store_id: "distributor" })
          await end()
        } finally {
          await comeBack()
        }
        await until(async () => ((await connections()).length === 0 ? true : undefined))
      }, 30_000)

      it("starts and wakes without Redis, works as soon as it is there, and again once it was away", async () => {
        await redis.stop()
        const { worker, end } = await startWorker()
        await worker.wakeSending({ id: "whcon_none", store_id: "distributor" })
        await redis.start()
        await polls()
        await redis.stop()
        await worker.wakeSending({ id: "whcon_none", store_id: "distributor" })
        await redis.start()
        await until(async () => {
          const { waiting, active } = await inRedis.jobs()
          return waiting.length === 0 && active.join() === "wholesale-relay-receive" ? true : undefined
        })
        await end()
        expect(await inRedis.jobs()).toEqual({ waiting: [], active: [] })
      }, 60_000)

      const takesNothing: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
        ["has ended", () => redis.stop(), () => redis.start()],
        ["is full", () => redis.client.config("SET", "maxmemory", "1"), () => redis.client.config("SET", "maxmemory", "0")],
      ]

      it.each(takesNothing)("has all that waits at the relay fetched by the sweeper where Redis %s", async (_, leave, comeBack) => {
        const server = await startPostgres({ dataDir: ".pgdata/test" })
        const name = `relay-swept-${process.pid}`
        const node = await startRelayNode({ database_url: await server.ensureDatabase(name), port: await freePort() })
        const { origin } = node
        try {
          for (const store_id of ["distributor", "retailer"]) {
            await service.setRelay({ store_id, relay_url: origin })
          }
          const mailboxOf = async (store_id: string) => await service.traffic.mailboxFor({ store_id, relay_url: origin }, "pairing")
          const mailboxes = { distributor: await mailboxOf("distributor"), retailer: await mailboxOf("retailer") }
          const { distributor, retailer } = await openPair(service, { relay_url: origin, mailboxes })
          // 5 MB, of which an answer hands out 4 MiB: no document is whole before the second.
          await seal(distributor, document(1, { body: { filler: randomBytes(2_500_000).toString("hex") } }))
          await leave()
          const { worker, end } = await startWorker()
          await worker.sweepRelay()
          expect(await revisions(retailer)).toEqual([1])
          expect(worker.traffic.owesAcknowledgements({ store_id: "retailer", relay_url: origin })).toBe(false)
          await end()
        } finally {
          await comeBack()
          service.traffic.close()
          await node.kill()
          await server.dropDatabase(name)
          await server.stop()
        }
      }, 60_000)

      it("is known to be away until it takes a job, whatever it refuses meanwhile", async () => {
        const queue = makeQueue("wholesale-relay-overlap", { database_url: await databaseUrl(), redis_url: redis.url })
        const waker = new Waker(queue, () => {})
        try {
          await redis.client.config("SET", "maxmemory", "1")
          await queue.isPaused()
          redis.freeze()
          const first = waker.wake("first", {})
          // So that the second is still waited for when the first no longer is.
          const second = delay(1_000).then(async () => await waker.wake("second", {}))
          const refused = expect(second).rejects.toThrow("OOM")
          await expect(first).rejects.toThrow("does not answer")
          redis.thaw()
          await refused
          expect(await waker.wake("third", {})).toBe(false)
          await redis.client.config("SET", "maxmemory", "0")
          await until(async () => ((await waker.wake("fourth", {})) ? true : undefined))
        } finally {
          redis.thaw()
          await redis.client.config("SET", "maxmemory", "0")
          await queue.close()
        }
      }, 30_000)

      it("notes that the relay does not answer the sweeper, which leaves it alone for as long as it said", async () => {
        let asked = 0
        const { origin } = await serve((_, response) => {
          asked += 1
          response.writeHead(503, { "retry-after": "600" }).end()
        })
        await service.setRelay({ store_id: "distributor", relay_url: origin })
        await redis.stop()
        const { worker, end } = await startWorker()
        try {
          await worker.sweepRelay()
          await worker.sweepRelay()
          expect(asked).toBe(1)
          expect(await service.relayOf("distributor")).toMatchObject({
            answered_at: null,
            failed_at: expect.any(Date),
            failure: expect.stringContaining(origin),
          })
        } finally {
          await end()
          await redis.start()
          await stopServers()
        }
      }, 30_000)

      it("ends in order where Redis was never there", async () => {
        await redis.stop()
        const { end } = await startWorker()
        await end()
        await redis.start()
        expect(await connections()).toEqual([])
      }, 30_000)
    })
  },
})
