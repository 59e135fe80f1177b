import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { migrate } from "./migrate"
import { startPostgres, type PostgresServer } from "./postgres"

const ROOT = join(__dirname, "..")
const JEST = require.resolve("jest/bin/jest")
/**
 * They run one after another: servers of the browser and of the package tests would take each other's
 * events and jobs where there is one Redis for all.
 */
const TYPES = ["unit", "module", "relay", "integration", "browser", "package"] as const

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

type TestType = (typeof TYPES)[number]
type JestResult = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numRuntimeErrorTestSuites: number
}
type Totals = { passed: number; failed: number; skipped: number }

/**
 * `npm test`, `npm test -- <jest arguments>` or `npm run test:<type> -- <jest arguments>`.
 *
 * Runs every type of test that has spec files for the arguments, on the embedded PostgreSQL or the one of DATABASE_URL.
 * The last line is the total over all of them, alone on its line; the exit status is 0 only if all that ran passed.
 */
async function main(): Promise<void> {
  const [wanted, jestArguments] = parse(process.argv.slice(2))
  const specs = new Map(wanted.map((type) => [type, listSpecs(type, jestArguments)]))
  const chosen = wanted.filter((type) => specs.get(type)?.length)
  if (chosen.length === 0) {
    return finish({ passed: 0, failed: 0, skipped: 0 }, [`no spec file matches ${jestArguments.join(" ")}`])
  }
  if (!process.env.REDIS_URL) {
    say("REDIS_URL is not set: tests that need Redis are not run.")
  }

  const running = new Set<ChildProcess>()
  let stoppedBy: keyof typeof SIGNALS | undefined
  for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
    process.on(signal, () => {
      stoppedBy = signal
      running.forEach((child) => endGroup(child, "SIGTERM"))
    })
  }

  const server = chosen.some((type) => type !== "unit")
    ? await startPostgres({
        dataDir: join(ROOT, ".pgdata", "test"),
        discard: true,
        durable: false,
        handleSignals: false,
      })
    : undefined
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...(server && {
      DATABASE_URL: server.url,
      DB_HOST: server.host,
      DB_PORT: String(server.port),
      DB_USERNAME: server.user,
      DB_PASSWORD: server.password,
    }),
  }

  const totals: Totals = { passed: 0, failed: 0, skipped: 0 }
  const problems: string[] = []
  const folder = mkdtempSync(join(tmpdir(), "medusa-wholesale-test-"))
  try {
    const run = async (type: TestType): Promise<void> => {
      const specFiles = specs.get(type)?.length ?? 0
      say(`\n${type}: ${specFiles} spec files`)
      if (server && type === "integration" && specFiles > 1) {
        env.MIGRATED_DATABASE = await migratedDatabase(server, folder)
      }
      const outputFile = join(folder, `${type}.json`)
      const child = spawn(process.execPath, [JEST, ...jestArguments, "--json", `--outputFile=${outputFile}`, ...extra(type)], {
        cwd: ROOT,
        env: jestEnvironment(type, env),
        stdio: ["ignore", "ignore", "inherit"],
        // A process group of its own, so that its workers can be ended with it.
        detached: true,
      })
      running.add(child)
      const status = await new Promise<number>((done, failed) => {
        child.once("error", failed)
        child.once("exit", (code) => done(code ?? 1))
      })
      running.delete(child)
      endGroup(child, "SIGKILL")
      if (!stoppedBy) {
        problems.push(...count(type, status, outputFile, jestArguments.length > 0, totals))
      }
    }
    for (const type of chosen) {
      await (stoppedBy ? undefined : run(type))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    if (env.MIGRATED_DATABASE) {
      await server?.dropDatabase(env.MIGRATED_DATABASE)
    }
    await server?.stop()
  }
  if (stoppedBy) {
    process.exitCode = 128 + SIGNALS[stoppedBy]
    return
  }
  finish(totals, problems)
}

/** Each integration spec starts on a copy: migrating takes longer than most of them. */
async function migratedDatabase(server: PostgresServer, folder: string): Promise<string> {
  const name = `medusa-wholesale-migrated-${process.pid}`
  await migrate({ root: ROOT, databaseUrl: await server.ensureDatabase(name), log: join(folder, "migrate.log") })
  return name
}

/** Jest leaves its workers behind when it is ended, and at times when it ends. */
function endGroup(leader: ChildProcess, signal: NodeJS.Signals): void {
  if (leader.pid === undefined) {
    return
  }
  try {
    process.kill(-leader.pid, signal)
  } catch {
    // Nothing of the group is left.
  }
}

function parse([first, ...rest]: string[]): [readonly TestType[], string[]] {
  const type = TYPES.find((name) => first === `--type=${name}`)
  if (type) {
    return [[type], rest]
  }
  return [TYPES, first === undefined ? [] : [first, ...rest]]
}

function listSpecs(type: TestType, jestArguments: string[]): string[] {
  const output = execFileSync(process.execPath, [JEST, ...jestArguments, "--listTests", "--json"], {
    cwd: ROOT,
    env: jestEnvironment(type, process.env),
  })
  return JSON.parse(output.toString()) as string[]
}

/** Medusa leaves handles open after its shutdown, and its libraries write to the console. */
function extra(type: TestType): string[] {
  return type === "unit" ? [] : ["--forceExit", "--silent"]
}

function jestEnvironment(type: TestType, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    LOG_LEVEL: "error",
    MEDUSA_DISABLE_TELEMETRY: "true",
    ...env,
    TEST_TYPE: type,
    // Medusa imports medusa-config and its own loaders dynamically.
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
  }
}

/** Adds one type's results to the totals and answers what is wrong beyond failed tests. */
function count(type: TestType, status: number, outputFile: string, filtered: boolean, totals: Totals): string[] {
  let result: JestResult
  try {
    result = JSON.parse(readFileSync(outputFile, "utf8")) as JestResult
  } catch {
    return [`${type}: Jest ended with status ${status} and left no result`]
  }
  totals.passed += result.numPassedTests
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites
  totals.skipped += result.numPendingTests + result.numTodoTests

  const problems: string[] = []
  if (result.numRuntimeErrorTestSuites > 0) {
    problems.push(`${type}: ${result.numRuntimeErrorTestSuites} spec files could not run`)
  }
  if (!filtered && result.numPassedTests + result.numFailedTests === 0) {
    problems.push(`${type}: has spec files, and no test ran`)
  }
  if (status !== 0 && totals.failed === 0 && problems.length === 0) {
    problems.push(`${type}: Jest ended with status ${status}`)
  }
  return problems
}

function finish(totals: Totals, problems: string[]): void {
  problems.forEach((problem) => say(problem))
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ""
  say(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`)
  process.exitCode = totals.failed > 0 || problems.length > 0 ? 1 : 0
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
