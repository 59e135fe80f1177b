import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { migrate } from "./migrate"
import { startPostgres, type PostgresServer } from "./postgres"

const ROOT = join(__dirname, "..")
const JEST = require.resolve("jest/bin/jest")
const TYPES = ["unit", "module", "relay", "integration", "browser", "package"] as const

/** They begin on a copy of a migrated database. */
const MIGRATED: readonly TestType[] = ["integration", "browser"]

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const

type TestType = (typeof TYPES)[number]
type SpecFile = { name: string; startTime: number; endTime: number; assertionResults: { status: string }[] }
type JestResult = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numRuntimeErrorTestSuites: number
  testResults: SpecFile[]
}
type Totals = { passed: number; failed: number; skipped: number }

/**
 * `npm test`, `npm test -- <jest arguments>` or `npm run test:<type> -- <jest arguments>`.
 *
 * Runs every type of test that has spec files for the arguments, all of them at once, on the embedded PostgreSQL or the
 * one of DATABASE_URL. The last line is the total over all of them, alone on its line; the exit status is 0 only if all
 * that ran passed.
 */
async function main(): Promise<void> {
  const [wanted, jestArguments] = parse(process.argv.slice(2))
  const specs = listSpecs(wanted, jestArguments)
  const chosen = wanted.filter((type) => specs.has(type))
  if (chosen.length === 0) {
    return finish({ passed: 0, failed: 0, skipped: 0 }, [`no spec file matches ${jestArguments.join(" ")}`])
  }
  if (!process.env.REDIS_URL) {
    say("REDIS_URL is not set: tests that need Redis are not run.")
  }

  let jest: ChildProcess | undefined
  let stoppedBy: keyof typeof SIGNALS | undefined
  for (const signal of Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]) {
    process.on(signal, () => {
      stoppedBy = signal
      if (jest) {
        endGroup(jest, "SIGTERM")
      }
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

  let totals: Totals = { passed: 0, failed: 0, skipped: 0 }
  const problems: string[] = []
  const folder = mkdtempSync(join(tmpdir(), "medusa-wholesale-test-"))
  try {
    chosen.forEach((type) => say(`${type}: ${specs.get(type)} spec files`))
    if (server && MIGRATED.reduce((files, type) => files + (specs.get(type) ?? 0), 0) > 1) {
      env.MIGRATED_DATABASE = await migratedDatabase(server, folder)
    }
    if (!stoppedBy) {
      const outputFile = join(folder, "results.json")
      const command = [JEST, ...jestArguments, "--json", `--outputFile=${outputFile}`, ...extra(chosen)]
      // A process group of its own, so that its workers can be ended with it.
      const options = { cwd: ROOT, env: jestEnvironment(chosen, env), detached: true }
      const child = spawn(process.execPath, command, { ...options, stdio: ["ignore", "ignore", "inherit"] })
      jest = child
      const status = await new Promise<number>((done, failed) => {
        child.once("error", failed)
        child.once("exit", (code) => done(code ?? 1))
      })
      endGroup(child, "SIGKILL")
      const result = readResult(outputFile)
      totals = result ? total(result) : totals
      problems.push(
        ...(result
          ? judge(result, status, chosen, jestArguments.length > 0)
          : [`Jest ended with status ${status} and left no result`])
      )
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

/** What boots Medusa starts on a copy: migrating takes longer than most of it. */
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

/** How many spec files each type has for the arguments; those that have none are left out. */
function listSpecs(types: readonly TestType[], jestArguments: string[]): Map<TestType, number> {
  const output = execFileSync(process.execPath, [JEST, ...jestArguments, "--listTests", "--json"], {
    cwd: ROOT,
    env: jestEnvironment(types, process.env),
  })
  const found = (JSON.parse(output.toString()) as string[]).map(typeOf)
  return new Map(
    types.flatMap((type) => {
      const files = found.filter((other) => other === type).length
      return files > 0 ? [[type, files] as const] : []
    })
  )
}

/** As jest.config.js has it. */
function typeOf(specFile: string): TestType {
  const [, suffix] = /\.(unit|module|relay)\.spec\.ts$/.exec(specFile) ?? []
  const [, folder] = /[\\/]integration-tests[\\/](browser|package)[\\/]/.exec(specFile) ?? []
  return TYPES.find((type) => type === suffix || type === folder) ?? "integration"
}

/** Medusa leaves handles open after its shutdown, and its libraries write to the console. */
function extra(types: readonly TestType[]): string[] {
  return types.every((type) => type === "unit") ? [] : ["--forceExit", "--silent"]
}

function jestEnvironment(types: readonly TestType[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    LOG_LEVEL: "error",
    MEDUSA_DISABLE_TELEMETRY: "true",
    ...env,
    TEST_TYPES: types.join(","),
    // Medusa imports medusa-config and its own loaders dynamically.
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
  }
}

function readResult(outputFile: string): JestResult | undefined {
  return existsSync(outputFile) ? (JSON.parse(readFileSync(outputFile, "utf8")) as JestResult) : undefined
}

function total(result: JestResult): Totals {
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

/** Says what each type did, and answers what is wrong beyond failed tests. */
function judge(result: JestResult, status: number, chosen: readonly TestType[], filtered: boolean): string[] {
  const problems: string[] = []
  for (const type of chosen) {
    const files = result.testResults.filter(({ name }) => typeOf(name) === type)
    const ran = files.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status !== "pending")
    const seconds = files.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1_000, 0)
    say(`${type}: ${ran.length} tests, ${Math.round(seconds)} s of a worker`)
    if (!filtered && ran.length === 0) {
      problems.push(`${type}: has spec files, and no test ran`)
    }
  }
  if (result.numRuntimeErrorTestSuites > 0) {
    problems.push(`${result.numRuntimeErrorTestSuites} spec files could not run`)
  }
  if (status !== 0 && result.numFailedTests === 0 && problems.length === 0) {
    problems.push(`Jest ended with status ${status}`)
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
