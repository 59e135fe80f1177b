import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { basename, dirname, join, relative } from "node:path"
import { startPostgres } from "./postgres"

const ROOT = join(__dirname, "..")
const MODULES = join(ROOT, "src", "modules")

/**
 * `npm run db:generate` writes the migrations that the models ask for.
 *
 * `npm run check:migrations` does the same, puts every file back, and ends with status 1 if there was anything to
 * write: the committed migrations and snapshots are then behind the models. It compares files, so it needs no git.
 */
async function main(check: boolean): Promise<void> {
  const before = readMigrations()
  const status = await generate()
  const after = readMigrations()
  const written = [...after].filter(([path, text]) => before.get(path) !== text)

  if (check) {
    restore(before, after)
  }
  if (status !== 0) {
    process.exitCode = status
    return
  }
  if (written.length === 0) {
    process.stdout.write("Migrations are current.\n")
    return
  }
  for (const [path, text] of written) {
    process.stdout.write(`${check ? "Missing" : "Wrote"} ${relative(ROOT, path)}\n`)
    if (check && path.endsWith(".ts")) {
      process.stdout.write(`${text}\n`)
    }
  }
  if (check) {
    process.stdout.write("Migrations are behind the models: run `npm run db:generate` and commit what it writes.\n")
    process.exitCode = 1
  }
}

/** Every migration and snapshot by path. */
function readMigrations(): Map<string, string> {
  const folders = existsSync(MODULES) ? readdirSync(MODULES).map((name) => join(MODULES, name, "migrations")) : []
  return new Map(
    folders
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .map((path) => [path, readFileSync(path, "utf8")])
  )
}

function restore(before: Map<string, string>, after: Map<string, string>): void {
  for (const path of after.keys()) {
    if (!before.has(path)) {
      rmSync(path)
    }
    if (readdirSync(dirname(path)).length === 0) {
      rmSync(dirname(path), { recursive: true })
    }
  }
  for (const [path, text] of before) {
    if (after.get(path) !== text) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  }
}

/** The generator makes a database a module to compare with; those are gone afterwards. */
async function generate(): Promise<number> {
  const server = await startPostgres({ dataDir: join(ROOT, ".pgdata", "migrations"), discard: true, durable: false })
  try {
    const databases = await server.databases()
    const { status } = spawnSync(
      process.execPath,
      [require.resolve("@medusajs/cli/cli.js"), "plugin:db:generate"],
      {
        cwd: ROOT,
        stdio: "inherit",
        env: {
          ...process.env,
          // The generator lets its own empty DB_USERNAME win over the user in a connection string.
          DATABASE_URL: "",
          DB_HOST: server.host,
          DB_PORT: String(server.port),
          DB_USERNAME: server.user,
          DB_PASSWORD: server.password,
        },
      }
    )
    const modules = existsSync(MODULES) ? readdirSync(MODULES).map((name) => `medusa-${basename(name)}`) : []
    for (const name of modules.filter((name) => !databases.includes(name))) {
      await server.dropDatabase(name)
    }
    return status ?? 1
  } finally {
    await server.stop()
  }
}

main(process.argv.includes("--check")).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
