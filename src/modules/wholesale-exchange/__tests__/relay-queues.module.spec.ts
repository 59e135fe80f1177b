import { randomBytes } from "node:crypto"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { describeOnOwnRedis } from "../../../../integration-tests/helpers/own-redis"
import { until } from "../../../../integration-tests/helpers/until"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { hostedProcess, sides } from "./relay-sides"

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
    const { execute } = sides(service, MikroOrmWrapper)
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

    describeOnOwnRedis("with Redis", (redis) => {
      beforeAll(() => redis.start())

      afterAll(() => redis.end())

      const inRedis: Look = {
        jobs: async () => {
          const of = async (list: string) => {
            const lengths = await Promise.all(PURPOSES.map((name) => redis.client.llen(`medusa-wholesale:${name}:${list}`)))
            return PURPOSES.filter((_, index) => lengths[index] > 0)
          }
          return { waiting: await of("wait"), active: await of("active") }
        },
        waiters: async () => {
          const clients = String(await redis.client.client("LIST")).split("\n")
          return clients.filter((line) => line.includes("cmd=bzpopmin")).length
        },
      }

      it("has a queue for each purpose there, under a prefix of its own, and none in PostgreSQL", async () => {
        await execute("drop schema if exists wholesale_queues cascade")
        await followJobs(inRedis, { databaseUrl: await databaseUrl(), redisUrl: redis.url })
        const keys = await redis.client.keys("*")
        const places = new Set(keys.map((key) => key.split(":").slice(0, 2).join(":")))
        expect([...places].sort()).toEqual(PURPOSES.map((name) => `medusa-wholesale:${name}`))
        expect(await execute("select 1 from information_schema.schemata where schema_name = 'wholesale_queues'")).toEqual([])
      })
    })
  },
})
