import type { Side } from "../../fixture/trading-stores"
import { migrate } from "../../migrate"
import { openDemoDatabases, type DemoDatabases } from "../database"
import type { DemoRun } from "../demo-run"
import { startServer, type ServerSettings } from "../server-process"
import type { Business } from "../steps/traders"
import { databaseName } from "../terminal"
import { openLog } from "../watched-process"
import { chooseAddresses, redisOf, type Addresses } from "./addresses"
import { startRelay, type DemoRelay } from "./relay-process"
import { RelaySearch } from "./relay-search"
import { Running } from "./running"

const SIDES = ["distributor", "retailer"] as const
const PARTS = [...SIDES, "relay"] as const
type Databases = DemoDatabases<(typeof PARTS)[number]>

/** Two backends of one store each, and the relay between them: three processes, and a database for each. */
export interface Platforms extends Readonly<Record<Side, Business>> {
  readonly relay: DemoRelay
  readonly search: RelaySearch
  readonly databases: Databases
  /** Settles when one of them ends without having been asked to: always by an error. */
  readonly crashed: Promise<never>
  close(): Promise<void>
}

interface Starting {
  readonly run: DemoRun
  readonly databases: Databases
  readonly addresses: Addresses
  readonly running: Running
}

export async function openPlatforms(run: DemoRun): Promise<Platforms> {
  const { root, options, terminal } = run
  const databases = await openDemoDatabases(root, PARTS, options)
  const running = new Running()
  running.endWith(() => databases.stop())
  try {
    const is_new = PARTS.every((part) => databases.of[part].is_empty)
    const addresses = await chooseAddresses({ root, name: databases.name, port: options.port, is_new })
    terminal.heading("Two backends and a relay start")
    PARTS.forEach((part) => terminal.step(`Database of ${part}`, databaseName(databases.of[part].url)))
    const starting = { run, databases, addresses, running }
    const relay = await startRelayAndMigrate(starting)
    const search = await RelaySearch.begin(databases.of.relay.url)
    running.endWith(() => search.end())
    const backends = await startBackends(starting)
    const crashed = Promise.race([relay.crashed, backends.crashed])
    return { ...backends.businesses, relay, search, databases, crashed, close: () => running.close() }
  } catch (error) {
    await running.close()
    throw error
  }
}

/** The relay starts while Medusa migrates. */
async function startRelayAndMigrate({ run, databases, addresses, running }: Starting): Promise<DemoRelay> {
  const { root, terminal, interrupted } = run
  const port = addresses.ports.relay
  const relay = startRelay({
    root,
    port,
    databaseUrl: databases.of.relay.url,
    log: openLog(root, `relay-${port}`),
    variables: redisOf(SIDES.length),
  })
  const [started] = await Promise.race([
    Promise.all([running.process(relay), migrateBoth(databases, openLog(root, `migrate-${addresses.ports.distributor}`), root)]),
    interrupted,
  ])
  terminal.step("Migrated", "both, by medusa db:migrate")
  terminal.step("Relay", `listens on ${started.url}; its log is ${started.log}`)
  return started
}

/** A database that is new is migrated once, and copied. */
async function migrateBoth(databases: Databases, log: string, root: string): Promise<void> {
  const migrated = async (side: Side) => await migrate({ root, databaseUrl: databases.of[side].url, log })
  const [first, second] = SIDES
  if (SIDES.every((side) => databases.of[side].is_empty)) {
    await migrated(first)
    await databases.fill(second, first)
  } else {
    await Promise.all(SIDES.map(migrated))
  }
}

async function startBackends(starting: Starting) {
  const { run, running } = starting
  const { options, terminal } = run
  const servers = await Promise.all(
    SIDES.map(async (side) => {
      const settings = backendOf(starting, side)
      return { ...(await running.process(startServer(settings, { admin: !options.exit }))), log: settings.log }
    })
  )
  const [distributor, retailer] = servers.map(({ url, log, seeded }): Business => {
    const [store] = seeded.stores
    terminal.step("Medusa", `listens on ${url}; its log is ${log}`)
    const made = seeded.made_now ? "Store made" : "Store found"
    terminal.step(made, `${store.name}, alone on it, ${store.articles.length} articles`)
    return { url, store }
  })
  return { businesses: { distributor, retailer }, crashed: Promise.race(servers.map(({ crashed }) => crashed)) }
}

function backendOf({ run: { root }, databases, addresses }: Starting, side: Side): ServerSettings {
  const port = addresses.ports[side]
  return {
    root,
    databaseUrl: databases.of[side].url,
    port,
    log: openLog(root, `server-${port}`),
    sides: side,
    variables: { WHOLESALE_MASTER_KEY: addresses.master_keys[side], ...redisOf(SIDES.indexOf(side)) },
  }
}
