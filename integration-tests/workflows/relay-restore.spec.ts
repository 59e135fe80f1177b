import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import type { SeededStores } from "../../scripts/demo/seed"
import { startServer, type DemoServer } from "../../scripts/demo/server-process"
import type { PurchaseOrderAnswer } from "../../scripts/demo/steps/answers"
import { WHOLESALE } from "../../scripts/demo/steps/traders"
import { CuriousDatabase } from "../../scripts/fixture/curious-database"
import { startPostgres, type PostgresServer } from "../../scripts/postgres"
import { TestRelay } from "../../src/relay-server/__tests__/helpers/test-relay"
import { duringOutage } from "../helpers/during-outage"
import { freePort } from "../helpers/free-port"
import { migratedDatabase } from "../helpers/migrated-database"
import { privateKeysOf } from "../helpers/private-keys"
import { startRelayNode, type RelayNode } from "../helpers/relay-node"
import { businessesOn, RelayedTrade } from "../helpers/relayed-trade"
import { until } from "../helpers/until"

jest.setTimeout(240_000)

const ROOT = join(__dirname, "..", "..")
const PRICE = "73.19"
/** Of one piece: 8 % tax is 5.8552, which makes 79.05. */
const TOTAL = 79.05
const names = ["restored", "partner"] as const
const databaseOf = (name: string) => `wholesale-restore-${name}-${process.pid}`
/** What a command waits for that is to be killed where it stands. */
const HELD = 4711
const ROTATE = "./src/commands/rotate-keys.ts"

const BACKEND = {
  NODE_OPTIONS: "",
  REDIS_URL: undefined,
  WHOLESALE_RELAY_WORKERS: "true",
  WHOLESALE_RELAY_HEARTBEAT_SECONDS: "10",
  // What must wait for a sweeper here waits for seconds, not for a minute.
  WHOLESALE_RECONCILE_SCHEDULE: "*/2 * * * * *",
}

/** The partner's clock is a day ahead, whatever the two do with each other. */
const DAY_AHEAD = {
  NODE_OPTIONS: `-r ts-node/register -r ${join(__dirname, "..", "helpers", "shift-clock.ts")}`,
  CLOCK_SHIFT_MS: String(24 * 60 * 60 * 1_000),
}

/**
 * Two backends, each with a distributor and a retailer, that trade with the other's two: so a database that is restored
 * is a distributor's and a retailer's at once. Their clocks are a day apart.
 */
describe("a database that is restored from an older backup", () => {
  const folder = mkdtempSync(join(tmpdir(), "wholesale-restore-"))
  const servers = new Map<string, { server: DemoServer; seeded: SeededStores; port: number }>()
  let postgres: PostgresServer
  let relayDatabase: TestRelay
  let relay: RelayNode
  /** The restored backend's distributor sells, and its retailer buys. */
  let sells: RelayedTrade
  let buys: RelayedTrade

  const startRelay = async (port: number): Promise<RelayNode> =>
    await startRelayNode({ database_url: relayDatabase.url, port })

  /** Of the backend whose database is restored. */
  let masterKeys: NodeJS.ProcessEnv = {}

  const environment = (name: string) => ({
    ...BACKEND,
    ...(name === "partner" ? DAY_AHEAD : masterKeys),
    DATABASE_URL: postgres.urlOf(databaseOf(name)),
  })

  const startBackend = async (name: string, port: number): Promise<void> => {
    const server = await startServer(
      {
        root: ROOT,
        databaseUrl: postgres.urlOf(databaseOf(name)),
        port,
        log: join(folder, `${name}.log`),
        sides: "both",
        variables: environment(name),
      },
      { admin: false }
    )
    servers.set(name, { server, seeded: server.seeded, port })
  }

  beforeAll(async () => {
    postgres = await startPostgres({ dataDir: join(ROOT, ".pgdata", "test") })
    relayDatabase = await TestRelay.create()
    relay = await startRelay(await freePort())
    await migratedDatabase(postgres, databaseOf("restored"))
    await postgres.copyDatabase(databaseOf("restored"), databaseOf("partner"))
    await Promise.all(names.map(async (name) => await startBackend(name, await freePort())))
    const [restored, partner] = names.map((name) => {
      const { server, seeded } = servers.get(name) as { server: DemoServer; seeded: SeededStores }
      return businessesOn({ url: server.url, seeded })
    })
    const offer = { relay_url: relay.origin, price: PRICE }
    ;[sells, buys] = await Promise.all([
      RelayedTrade.begin({ distributor: restored.distributor, retailer: partner.retailer }, offer),
      RelayedTrade.begin({ distributor: partner.distributor, retailer: restored.retailer }, offer),
    ])
  })

  afterAll(async () => {
    await Promise.all([...servers.values()].map(({ server }) => server.stop()))
    await relay.kill()
    await relayDatabase.destroy()
    for (const name of [...names, "backup", "relay-backup"]) {
      await postgres.dropDatabase(databaseOf(name))
    }
    await postgres.stop()
    rmSync(folder, { recursive: true })
  })

  /** A purchase order that the distributor has accepted and, unless it is told not to, approved. */
  const trade = async (between: RelayedTrade, { approve = true } = {}): Promise<PurchaseOrderAnswer> => {
    const accepted = await between.accepted(await between.place())
    if (approve) {
      await between.approve(accepted)
      await between.approved(accepted)
    }
    return accepted
  }

  /** The same at once where the restored backend sells and where it buys. */
  const inBoth = async <Done>(
    work: (between: RelayedTrade) => Promise<Done>
  ): Promise<{ sold: Done; bought: Done }> => {
    const [sold, bought] = await Promise.all([work(sells), work(buys)])
    return { sold, bought }
  }

  /** As `medusa exec` of the runbooks, with the variables of the backend. */
  const begin = (name: string, ...given: string[]) => {
    const child = spawn(process.execPath, [require.resolve("@medusajs/cli/cli.js"), "exec", ...given], {
      cwd: ROOT,
      env: {
        ...process.env,
        ...environment(name),
        NODE_ENV: "development",
        LOG_LEVEL: "info",
        MEDUSA_ADMIN_DISABLE: "true",
      },
    })
    let said = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString()
      })
    }
    const ended = once(child, "close").then(([code, signal]) => ({ status: (signal ?? code) as string | number, said }))
    return { kill: () => child.kill("SIGKILL"), ended }
  }

  /** @returns what was on the terminal of a command that ended well */
  const command = async (name: string, ...given: string[]): Promise<string> => {
    const { status, said } = await begin(name, ...given).ended
    expect({ status, said: status === 0 ? "" : said }).toEqual({ status: 0, said: "" })
    return said
  }

  /**
   * Kills a command at the first row for which it holds, written to the table and not yet committed. The database ends
   * what the command had begun, as it does once it sees that nobody is there.
   */
  const killAt = async (database: CuriousDatabase, at: { table: string; holds: string }, ...given: string[]): Promise<void> => {
    const holder = await CuriousDatabase.open(postgres.urlOf(databaseOf("restored")))
    await holder.rows(`select pg_advisory_lock(${HELD})`)
    await database.rows("create schema fate")
    await database.rows(`create function fate.hold() returns trigger language plpgsql as $$ begin
      perform pg_advisory_xact_lock(${HELD});
      return new;
    end $$`)
    await database.rows(
      `create trigger hold before update on ${at.table} for each row when (${at.holds}) execute function fate.hold()`
    )
    const { kill, ended } = begin("restored", ...given)
    try {
      const pid = await until(async () => {
        const [standing] = await database.rows<{ pid: number }>(
          // Others wait for locks of their own.
          `select pid from pg_locks where locktype = 'advisory' and not granted and classid = 0 and objid = ${HELD}`
        )
        return standing?.pid
      })
      kill()
      expect((await ended).status).toBe("SIGKILL")
      await database.rows(`select pg_terminate_backend(${pid}, 10000)`)
    } finally {
      kill()
      await holder.close()
      await database.rows("drop schema fate cascade")
    }
  }

  const restart = async (name: string): Promise<void> => {
    const { server, port } = servers.get(name) as { server: DemoServer; port: number }
    await server.stop()
    await startBackend(name, port)
  }

  const statuses = async (between: RelayedTrade): Promise<string[]> =>
    Object.values(await between.channels()).map(({ status }) => status)

  /** Of the documents that came to the retailer, those that it could not apply. */
  const failedAt = async ({ traders, partnership }: RelayedTrade): Promise<(string | null)[]> => {
    const { received_documents } = await traders.retailer.client.get<{ received_documents: { document_id: string }[] }>(
      `${WHOLESALE}/received-documents?status=failed&connection_id=${partnership.buys_over}`
    )
    return received_documents.map(({ document_id }) => document_id)
  }

  /** A distributor's orders by the purchase orders they are for, each once, and that credit is held for these alone. */
  const ordersOf = async (name: string, distributor: RelayedTrade): Promise<Record<string, string>> => {
    const database = await CuriousDatabase.open(postgres.urlOf(databaseOf(name)))
    const { store } = distributor.traders.distributor
    const orders = await database.rows<{ purchase_order_id: string; status: string }>(
      `select purchase_order_id, status from wholesale_order where store_id = '${store.id}' and deleted_at is null`
    )
    const credit = await database.rows<{ balance: string; reserved: string }>(
      `select balance::numeric(12, 2), reserved::numeric(12, 2) from wholesale_credit_account
       where account_id = '${distributor.partnership.account_id}'`
    )
    await database.close()
    const owed = (status: string) =>
      (orders.filter((order) => order.status === status).length * TOTAL).toFixed(2)
    expect(credit).toEqual([{ balance: owed("approved"), reserved: owed("pending") }])
    const byPurchaseOrder = Object.fromEntries(orders.map((order) => [order.purchase_order_id, order.status]))
    expect(Object.keys(byPurchaseOrder)).toHaveLength(orders.length)
    return byPurchaseOrder
  }

  it("shows that it is out of step with its partners and, paired anew, goes on with nothing lost and nothing twice", async () => {
    const before = await inBoth(async (between) => {
      const [approved, waiting] = await Promise.all([trade(between), trade(between, { approve: false })])
      return { approved, waiting }
    })
    await inBoth(async (between) => await between.settled())
    await duringOutage(postgres, databaseOf("restored"), () =>
      postgres.copyDatabase(databaseOf("restored"), databaseOf("backup"))
    )

    // What the backup knows nothing of: orders and approvals, both ways.
    await Promise.all([sells.approve(before.sold.waiting), buys.approve(before.bought.waiting)])
    await Promise.all([sells.approved(before.sold.waiting), buys.approved(before.bought.waiting)])
    const since = await inBoth(trade)
    await inBoth(async (between) => await between.settled())

    const { server, port } = servers.get("restored") as { server: DemoServer; port: number }
    await server.stop()
    await postgres.dropDatabase(databaseOf("restored"))
    await postgres.copyDatabase(databaseOf("backup"), databaseOf("restored"))
    expect(await command("restored", "./src/commands/recover.ts", "restored")).toMatch(/is in its incarnation 2/)
    await startBackend("restored", port)

    await until(async () => {
      const seen = [...(await statuses(sells)), ...(await statuses(buys))]
      return seen.every((status) => status === "desync") ? true : undefined
    }, 60_000)
    await inBoth(async (between) => await between.pairAnew())

    // The approval that was lost is asked for once more; the order that was lost is placed once more, as the same one.
    for (const lost of [before.sold.waiting, since.sold]) {
      await sells.stands(lost, "pending")
      await sells.approve(lost)
      await sells.approved(lost)
    }
    await buys.approved(before.bought.waiting)
    // Of the purchase order that it lost itself it hears by the partner's order for it.
    await until(async () => ((await failedAt(buys)).includes(since.bought.order_id) ? true : undefined), 60_000)

    const { sold, bought } = await inBoth(trade)
    await inBoth(async (between) => await between.settled())
    const approved = (...purchaseOrders: { id: string }[]) =>
      Object.fromEntries(purchaseOrders.map(({ id }) => [id, "approved"]))
    expect(await ordersOf("restored", sells)).toEqual(
      approved(before.sold.approved, before.sold.waiting, since.sold, sold)
    )
    expect(await ordersOf("partner", buys)).toEqual(
      approved(before.bought.approved, before.bought.waiting, since.bought, bought)
    )
    expect(await failedAt(sells)).toEqual([])
  })

  it("of the relay: trade goes on by itself, and who paired since the backup is shown it and pairs again", async () => {
    await inBoth(async (between) => await between.settled())
    const relayName = new URL(relayDatabase.url).pathname.slice(1)
    await relayDatabase.duringOutage(async () => {
      await postgres.copyDatabase(relayName, databaseOf("relay-backup"))
    })
    await buys.pairAnew()
    await inBoth(trade)

    await relay.kill()
    await postgres.dropDatabase(relayName)
    await postgres.copyDatabase(databaseOf("relay-backup"), relayName)
    relay = await startRelay(relay.port)
    const sold = await trade(sells)
    const placed = await buys.place()
    await until(async () => {
      const { retailer } = await buys.channels()
      return retailer.send_failure?.includes("does not have that") ? true : undefined
    })
    await buys.pairAnew()
    const bought = await buys.accepted(placed)
    await buys.approve(bought)
    await buys.approved(bought)

    await inBoth(async (between) => await between.settled())
    expect(await ordersOf("restored", sells)).toMatchObject({ [sold.id]: "approved" })
    expect(await ordersOf("partner", buys)).toMatchObject({ [bought.id]: "approved" })
  })

  it("has other master and data keys by the runbook, though the commands are killed half-way and it goes on trading", async () => {
    const database = await CuriousDatabase.open(postgres.urlOf(databaseOf("restored")))
    const keys = async () =>
      await database.rows<{ id: string; store_id: string; master: string; is_current: boolean }>(
        "select id, store_id, master_key_id as master, is_current from wholesale_data_key order by id"
      )
    /** Of the stores' identities, those under a data key that is to go. */
    const underOld = async () =>
      await database.rows<{ store_id: string }>(
        `select identity.store_id from wholesale_relay_identity identity join wholesale_data_key key
           on starts_with(identity_private_key_sealed, 'v2.' || key.id || '.') where not key.is_current`
      )
    const oldMaster = process.env.WHOLESALE_MASTER_KEY ?? ""
    const newMaster = randomBytes(32).toString("base64")
    const [first, second] = await keys()
    expect(second.master).toBe(first.master)

    masterKeys = { WHOLESALE_MASTER_KEY: newMaster, WHOLESALE_PREVIOUS_MASTER_KEY: oldMaster }
    await restart("restored")
    await inBoth(trade)
    await killAt(
      database,
      { table: "wholesale_data_key", holds: `old.id = '${second.id}' and old.master_key_id <> new.master_key_id` },
      ...[ROTATE, "master"]
    )
    const [{ master: current }, held] = await keys()
    expect([current === first.master, held.master]).toEqual([false, first.master])
    await inBoth(trade)
    expect(await command("restored", ROTATE, "master")).toContain("1 data keys are wrapped under the current master key now.")
    expect((await keys()).map(({ id, master }) => [id, master])).toEqual([
      [first.id, current],
      [second.id, current],
    ])

    masterKeys = { WHOLESALE_MASTER_KEY: newMaster }
    await restart("restored")
    const [done, left] = [first.store_id, second.store_id].sort()
    await killAt(
      database,
      {
        table: "wholesale_relay_identity",
        holds: `old.store_id = '${left}' and old.identity_private_key_sealed <> new.identity_private_key_sealed`,
      },
      ...[ROTATE, "data"]
    )
    expect((await keys()).map(({ is_current }) => is_current).sort()).toEqual([false, false, true, true])
    expect(await underOld()).toEqual([{ store_id: left }])
    await inBoth(trade)
    const said = await command("restored", ROTATE, "data")
    expect(said).toContain(`Store ${done}: goes on with the new data key`)
    expect(said).toContain("2 old data keys are deleted.")
    const after = await keys()
    expect(after).toMatchObject([{ is_current: true }, { is_current: true }])
    expect(after.filter(({ id }) => [first.id, second.id].includes(id))).toEqual([])
    await inBoth(trade)

    // The master key, and of two stores each a data key, an identity, a mailbox and the sender's key.
    expect((await privateKeysOf(database, newMaster)).length).toBeGreaterThanOrEqual(1 + 2 * 4)
    await expect(privateKeysOf(database, oldMaster)).rejects.toMatchObject({ code: "master_key_wrong" })
    await database.close()
  })
})
