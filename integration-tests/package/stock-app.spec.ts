import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "@medusajs/framework/pg"
import { startPostgres, type PostgresServer } from "../../scripts/postgres"
import { packPlugin, StockApp, type PackedFile } from "../helpers/stock-app"

const DATABASE = `stock-app-${process.pid}`
const RELAY_DATABASE = `stock-app-relay-${process.pid}`
const ADMIN = { email: "admin@stock-app.test", password: "correct horse battery staple" }

/** In order: each step stands on the one before, as it does for the merchant. */
describe("the packed plugin in a stock Medusa app", () => {
  const tarballs = mkdtempSync(join(tmpdir(), "medusa-wholesale-tarball-"))
  let postgres: PostgresServer
  let databaseUrl: string
  let app: StockApp
  let files: PackedFile[]

  beforeAll(async () => {
    postgres = await startPostgres({ dataDir: join(__dirname, "..", "..", ".pgdata", "test"), discard: true })
    databaseUrl = await postgres.ensureDatabase(DATABASE)
    app = new StockApp(databaseUrl)
    const packed = await packPlugin(tarballs)
    files = packed.files
    await app.install(packed.tarball)
  })

  afterAll(async () => {
    await app?.remove()
    await postgres?.dropDatabase(DATABASE)
    await postgres?.dropDatabase(RELAY_DATABASE)
    await postgres?.stop()
    rmSync(tarballs, { recursive: true, force: true })
  })

  it("ships the built plugin with its types, and no tests and no dev config", () => {
    const paths = files.map((file) => file.path)
    const built = paths.filter((path) => path.startsWith(".medusa/server/src/"))
    const besides = paths.filter((path) => !built.includes(path))
    expect(besides.filter((path) => !["README.md", "LICENSE", "package.json"].includes(path))).toEqual([])
    expect(built.filter((path) => /__tests__|\.spec\.|\.ts$/.test(path) && !path.endsWith(".d.ts"))).toEqual([])

    const modules = built.filter((path) => /\/src\/modules\/[^/]+\/index\.js$/.test(path))
    expect(modules.length).toBeGreaterThan(0)
    expect(paths).toEqual(expect.arrayContaining(modules.map((path) => path.replace(/\.js$/, ".d.ts"))))
    expect(paths).toEqual(expect.arrayContaining([".medusa/server/src/admin/index.js", ".medusa/server/src/admin/index.mjs"]))
  })

  it("migrates its tables with the app's own `medusa db:migrate`", async () => {
    await app.medusa("db:migrate")

    const client = new Client({ connectionString: databaseUrl })
    await client.connect()
    const { rows } = await client.query<{ table_name: string }>(
      "SELECT table_name FROM information_schema.tables WHERE table_name = 'wholesale_store'"
    )
    await client.end()
    expect(rows).toHaveLength(1)
  })

  it("is in the admin dashboard that the app builds", async () => {
    await app.medusa("build")

    expect(app.adminScripts().some((script) => script.includes('"/wholesale"'))).toBe(true)
  })

  it("boots in production, and answers an authenticated request and none without a login", async () => {
    await app.medusa("user", "--email", ADMIN.email, "--password", ADMIN.password)
    const url = await app.start()

    expect((await fetch(`${url}/health`)).status).toBe(200)
    expect((await fetch(`${url}/admin/wholesale/stores`)).status).toBe(401)

    const login = await fetch(`${url}/auth/user/emailpass`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(ADMIN),
    })
    const { token } = (await login.json()) as { token: string }
    const answer = await fetch(`${url}/admin/wholesale/stores`, { headers: { authorization: `Bearer ${token}` } })
    const body = (await answer.json()) as { stores?: unknown }
    expect({ status: answer.status, hasStores: Array.isArray(body.stores) }).toEqual({ status: 200, hasStores: true })
  })

  it("has the commands of the runbooks where these say they are", async () => {
    const folder = "./node_modules/medusa-wholesale/.medusa/server/src/commands"
    const runbooks = readFileSync(join(__dirname, "..", "..", "docs", "security.md"), "utf8")
    expect(runbooks).toContain(`\`…/commands\` stands for \`${folder}\``)
    const named = [...runbooks.matchAll(/medusa exec …\/commands\/(\S+\.js)/g)].map(([, name]) => name)
    const shipped = files.map(({ path }) => path)
    expect(named).toContain("rotate-keys.js")
    expect(shipped).toEqual(expect.arrayContaining(named.map((name) => `.medusa/server/src/commands/${name}`)))
    expect(await app.medusa("exec", `${folder}/rotate-keys.js`, "data")).toContain("0 old data keys are deleted.")
  })

  it("brings the relay as a command, which runs on a database of its own", async () => {
    const origin = await app.startRelay(await postgres.ensureDatabase(RELAY_DATABASE))

    const ready = await fetch(`${origin}/health/ready`)
    const info = await fetch(`${origin}/v1/info`)
    expect({ ready: ready.status, info: await info.json() }).toMatchObject({
      ready: 200,
      info: { name: "medusa-wholesale-relay", protocol: 1 },
    })
  })
})
