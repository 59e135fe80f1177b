import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { Client } from "@medusajs/framework/pg"

import type { CrossPlatformResult } from "../../scripts/demo/cross-platform/run"
import type { TradeResult } from "../../scripts/demo/trade"
import { startPostgres, type PostgresServer } from "../../scripts/postgres"

const run = promisify(execFile)
const ROOT = join(__dirname, "..", "..")
const DATABASE = `wholesale_demo_${process.pid}`
/** What the two backends seal their own keys with, for the next run. */
const KEYS = join(ROOT, ".demo", `${DATABASE}.keys.json`)
/** All that a demo needs of a clone besides what was installed. */
const CLONED = ["package.json", "tsconfig.json", "medusa-config.ts", "scripts", "src"]

describe("npm run demo", () => {
  let server: PostgresServer
  let databaseUrl: string

  beforeAll(async () => {
    server = await startPostgres({ dataDir: join(ROOT, ".pgdata", "test") })
    databaseUrl = await server.ensureDatabase(DATABASE)
  })

  afterAll(async () => {
    for (const database of [DATABASE, ...["distributor", "retailer", "relay"].map((part) => `${DATABASE}_${part}`)]) {
      await server.dropDatabase(database)
    }
    rmSync(KEYS, { force: true })
    await server.stop()
  })

  /** Where a demo runs, and on which server unless it starts one itself. */
  interface Place {
    readonly cwd: string
    readonly url: string | undefined
  }

  const demo = ({ cwd, url }: Place, ...options: string[]) =>
    run("npm", ["run", "--silent", "demo", "--", "--exit", ...options], {
      cwd,
      env: { ...process.env, DATABASE_URL: url },
      maxBuffer: 16 * 1024 * 1024,
    })

  /** The last line's figures, of a demo that ended with status 0; what it said before it. */
  async function trade<Result extends TradeResult>(
    place: Place,
    ...options: string[]
  ): Promise<{ result: Result; said: string }> {
    const { stdout } = await demo(place, ...options)
    const lines = stdout.trimEnd().split("\n")
    const last = lines.pop() ?? ""
    expect(last).toMatch(/^RESULT \{/)
    return { result: JSON.parse(last.slice("RESULT ".length)) as Result, said: lines.join("\n") }
  }

  /** The first trade of two stores that were just made. */
  function expectFirstTrade(first: TradeResult): void {
    // 24 × 18.50 + 12 × 31.25 + 36 × 6.95 = 444.00 + 375.00 + 250.20 = 1,069.20; 8 % of it is 85.536.
    const figures = { subtotal: 1069.2, tax_total: 85.54, total: 1154.74 }
    expect(first).toMatchObject({
      purchase_order: { number: expect.stringMatching(/^PO-\d{4}-000001$/), status: "received" },
      order: { number: expect.stringMatching(/^B2B-\d{4}-000001$/), status: "delivered", ...figures },
      invoice: { number: expect.stringMatching(/^INV-\d{4}-000001$/), status: "paid", ...figures },
      // 1,154.74 − 500.00
      payments: [{ amount: 500 }, { amount: 654.74 }],
      mirror: { status: "made", total: 1154.74, core_order_total: 1154.74 },
      balance: { before: 0, reserved: 1154.74, approved: 1154.74, part_paid: 654.74, after: 0 },
      // 24 + 12 + 36
      receipt: { units: 72 },
    })
    expect(first.stock.distributor).toMatchObject({
      before: [{ stocked: 500 }, { stocked: 500 }, { stocked: 500 }],
      after: [
        { stocked: 476, available: 476 },
        { stocked: 488, available: 488 },
        { stocked: 464, available: 464 },
      ],
    })
    expect(first.stock.retailer).toMatchObject({
      before: [{ stocked: 10 }, { stocked: 10 }, { stocked: 10 }],
      after: [{ stocked: 34 }, { stocked: 22 }, { stocked: 46 }],
    })
  }

  it("carries a whole trade on a PostgreSQL of its own, and the same stores trade again when it is run again", async () => {
    // Apart from what whoever works in this clone may have under `.demo`.
    const clone = mkdtempSync(join(tmpdir(), "wholesale-demo-"))
    try {
      // The user of PostgreSQL has to reach it.
      chmodSync(clone, 0o755)
      CLONED.forEach((part) => cpSync(join(ROOT, part), join(clone, part), { recursive: true }))
      symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"))
      const place = { cwd: clone, url: undefined }
      const { result: first } = await trade(place)
      expectFirstTrade(first)

      const { result: second } = await trade(place)
      expect(second.stock.distributor.before).toEqual(first.stock.distributor.after)
      expect(second.order.number).toMatch(/-000002$/)
      expect(second.mirror.core_order_id).not.toBe(first.mirror.core_order_id)

      // It ended what it had started.
      const { port } = JSON.parse(readFileSync(join(clone, ".demo", "postgres", "server.json"), "utf8")) as { port: number }
      const client = new Client({ host: "localhost", port, user: "postgres" })
      await expect(client.connect()).rejects.toMatchObject({ code: "ECONNREFUSED" })
    } finally {
      rmSync(clone, { recursive: true })
    }
  })

  it("carries the same trade from one backend to another by a relay that knows nothing of it", async () => {
    const { result, said } = await trade<CrossPlatformResult>({ cwd: ROOT, url: databaseUrl }, "--cross-platform")
    expectFirstTrade(result)
    expect(result.verifier).toMatch(/^\d{4}-\d{4}$/)
    expect(said).toContain(`Verifiers compared     ${result.verifier}, the same on both sides`)
    // Towards the retailer: the connection when it is approved, the catalog, the answer, the order as accepted and
    // in its five later states, the invoice, its two payments, and the invoice after each of them. Towards the
    // distributor: the connection, the purchase order, the receipt.
    const documents = 1 + 1 + 1 + 6 + 1 + 2 + 2 + 3
    expect(result.relay.messages).toBeGreaterThanOrEqual(documents)
    // The smallest sealed message has 119 bytes around 32 bytes of padded contents.
    expect(result.relay.bytes).toBeGreaterThanOrEqual(documents * (119 + 32))
    expect(result.relay.found).toBe(0)
    expect(said).toMatch(/Searched .* values and the log, for \d+ names, SKUs, .*: nothing found/)
    expect(statSync(KEYS).mode & 0o777).toBe(0o600)

    // Once more, and it stays until it is interrupted. Without npm, which a signal ends before the demo has ended.
    const staying = spawn(process.execPath, ["-r", "ts-node/register", join("scripts", "demo", "main.ts"), "--cross-platform"], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ["ignore", "pipe", "inherit"],
    })
    const ended = once(staying, "exit")
    let again = ""
    const stands = new Promise<void>((done, failed) => {
      staying.stdout.on("data", (chunk: Buffer) => {
        again += chunk.toString()
        if (/^RESULT \{.*\}\n$/m.test(again)) {
          done()
        }
      })
      void ended.then(([status]) => failed(new Error(`The demo ended with ${status}:\n${again}`)))
    })
    try {
      await stands
      expect(again).toContain("Paired already")
      expect(again).toContain("Ctrl-C ends the demo.")
      const last = again.trimEnd().split("\n").pop() ?? ""
      expect(JSON.parse(last.slice("RESULT ".length))).toMatchObject({
        order: { number: expect.stringMatching(/-000002$/) }, verifier: result.verifier, relay: { found: 0 },
      })
      expect(again).toMatch(/Searched .* values and the log, for \d+ names, SKUs, .*: nothing found/)
      const backends = [...again.matchAll(/(http:\/\/\S+)\/app /g)].map(([, url]) => url)
      expect(backends).toHaveLength(2)
      for (const url of backends) {
        expect((await fetch(`${url}/health`)).status).toBe(200)
      }
      staying.kill("SIGINT")
      expect(await ended).toEqual([0, null])
      for (const url of backends) {
        await expect(fetch(`${url}/health`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } })
      }
    } finally {
      staying.kill("SIGINT")
      await ended
    }
  })

  it("fails on a database of somebody else, and leaves it as it is", async () => {
    const name = `${DATABASE}_foreign`
    const client = new Client({ connectionString: await server.ensureDatabase(name) })
    await client.connect()
    try {
      await client.query("CREATE TABLE of_somebody_else (id int)")
      await expect(demo({ cwd: ROOT, url: server.urlOf(name) }, "--reset")).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`The database ${name} of DATABASE_URL holds tables`),
      })
      await expect(client.query("SELECT * FROM of_somebody_else")).resolves.toMatchObject({ rows: [] })
    } finally {
      await client.end()
      await server.dropDatabase(name)
    }
  })
})
