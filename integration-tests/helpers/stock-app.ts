import { execFile, spawn, type ChildProcess } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import packageJson from "../../package.json"

const run = promisify(execFile)

const REPOSITORY = join(__dirname, "..", "..")
const MEDUSA = packageJson.devDependencies["@medusajs/medusa"]
const UI = packageJson.devDependencies["@medusajs/ui"]

/** What a stock app's package.json lists; draft-order and dashboard, because npm else nests them out of Medusa's sight. */
const DEPENDENCIES = {
  ...Object.fromEntries(
    ["admin-sdk", "cli", "dashboard", "draft-order", "framework", "icons", "medusa"].map((name) => [
      `@medusajs/${name}`,
      MEDUSA,
    ])
  ),
  "@medusajs/ui": UI,
  react: packageJson.devDependencies.react,
  "react-dom": packageJson.devDependencies["react-dom"],
}
const DEV_DEPENDENCIES = {
  "@swc/core": packageJson.devDependencies["@swc/core"],
  "@types/node": packageJson.devDependencies["@types/node"],
  "ts-node": packageJson.devDependencies["ts-node"],
  typescript: packageJson.devDependencies.typescript,
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2021",
    module: "Node16",
    moduleResolution: "Node16",
    esModuleInterop: true,
    skipLibCheck: true,
    emitDecoratorMetadata: true,
    experimentalDecorators: true,
    strictNullChecks: true,
    outDir: "./.medusa/server",
    rootDir: "./",
  },
  "ts-node": { swc: true },
  include: ["**/*"],
  exclude: ["node_modules", ".medusa"],
}

const MEDUSA_CONFIG = `import { defineConfig } from "@medusajs/framework/utils"

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { connection: { ssl: false } },
    http: {
      storeCors: "http://localhost:8000",
      adminCors: "http://localhost:9000",
      authCors: "http://localhost:9000",
      jwtSecret: process.env.JWT_SECRET,
      cookieSecret: process.env.COOKIE_SECRET,
    },
  },
  plugins: [{ resolve: "medusa-wholesale", options: {} }],
})
`

export type PackedFile = { path: string; size: number }

/** What a clone of the repository does not have. */
const NOT_CLONED = [".git", ".medusa", ".pgdata", ".demo", "coverage", "node_modules", "static"]

/**
 * Builds and packs the plugin as npm would publish it; answers the tarball and what is in it. In a copy
 * of the repository, for building writes into it while other tests run from it.
 *
 * @param folder of the caller's own, for the copy and the tarball
 */
export async function packPlugin(folder: string): Promise<{ tarball: string; files: PackedFile[] }> {
  const copy = join(folder, "repository")
  const left = new Set(NOT_CLONED.map((name) => join(REPOSITORY, name)))
  cpSync(REPOSITORY, copy, { recursive: true, filter: (path) => !left.has(path) })
  symlinkSync(join(REPOSITORY, "node_modules"), join(copy, "node_modules"))
  const output = await npm(["pack", "--json", "--pack-destination", folder], copy)
  // What the build says on stdout stands before npm's own answer.
  const [packed] = JSON.parse(output.slice(output.lastIndexOf("\n[") + 1)) as { filename: string; files: PackedFile[] }[]
  if (!packed) {
    throw new Error(`npm pack answered nothing:\n${output}`)
  }
  return { tarball: join(folder, packed.filename), files: packed.files }
}

/**
 * A Medusa app as a merchant has it, in a temporary folder of its own, with one `plugins` entry for this plugin
 * installed from a tarball.
 */
export class StockApp {
  readonly folder = mkdtempSync(join(tmpdir(), "medusa-wholesale-app-"))
  /** Where `medusa build` puts what production runs. */
  readonly built = join(this.folder, ".medusa", "server")
  private readonly processes: ChildProcess[] = []

  constructor(private readonly databaseUrl: string) {
    process.once("exit", this.kill)
  }

  /** @param tarball of the plugin. The repository's lock file decides the versions of what both use. */
  async install(tarball: string): Promise<void> {
    const manifest = {
      name: "stock-app",
      version: "1.0.0",
      private: true,
      dependencies: { ...DEPENDENCIES, "medusa-wholesale": `file:${tarball}` },
      devDependencies: DEV_DEPENDENCIES,
      allowScripts: { "@swc/core": true, esbuild: true },
    }
    writeFileSync(join(this.folder, "package.json"), JSON.stringify(manifest, null, 2))
    writeFileSync(join(this.folder, "tsconfig.json"), JSON.stringify(TSCONFIG, null, 2))
    writeFileSync(join(this.folder, "medusa-config.ts"), MEDUSA_CONFIG)
    await npm(["install", "--prefer-offline", "--no-audit", "--no-fund"], this.folder)
  }

  /** Runs a command of Medusa's CLI to its end; answers what it printed. */
  async medusa(command: string, ...args: string[]): Promise<string> {
    const { stdout, stderr } = await run(process.execPath, [this.cli(), command, ...args], {
      cwd: this.folder,
      env: this.environment(),
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout + stderr
  }

  /** `medusa start` on what `medusa build` made, as in production; answers its address once it says it is ready. */
  async start(): Promise<string> {
    const port = await freePort()
    const child = spawn(process.execPath, [this.cli(), "start", "--host", "localhost", "--port", String(port)], {
      cwd: this.built,
      env: { ...this.environment(), NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    })
    await this.says(child, "Server is ready")
    return `http://localhost:${port}`
  }

  /** The relay that the plugin brings, by its command; answers its address once it listens. */
  async startRelay(databaseUrl: string): Promise<string> {
    const port = await freePort()
    const child = spawn(join(this.folder, "node_modules", ".bin", "medusa-wholesale-relay"), [], {
      cwd: this.folder,
      env: { ...cleanEnvironment(), DATABASE_URL: databaseUrl, PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    })
    await this.says(child, "Server listening")
    return `http://127.0.0.1:${port}`
  }

  /** The text of every script of the built admin dashboard. */
  adminScripts(): string[] {
    const assets = join(this.built, "public", "admin", "assets")
    return readdirSync(assets)
      .filter((name) => name.endsWith(".js"))
      .map((name) => readFileSync(join(assets, name), "utf8"))
  }

  async remove(): Promise<void> {
    const running = this.processes.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
    await Promise.all(
      running.map(async (child) => {
        const ended = new Promise((done) => child.once("exit", done))
        child.kill("SIGKILL")
        await ended
      })
    )
    process.off("exit", this.kill)
    // Tens of thousands of files: nobody waits for them to go.
    const remove = "require('node:fs').rmSync(process.argv[1], { recursive: true, force: true })"
    spawn(process.execPath, ["-e", remove, this.folder], { cwd: tmpdir(), detached: true, stdio: "ignore" }).unref()
  }

  private readonly kill = (): void => {
    this.processes.forEach((child) => child.kill("SIGKILL"))
  }

  /** Waits until a process has printed the words. */
  private async says(child: ChildProcess, words: string): Promise<void> {
    this.processes.push(child)
    let output = ""
    await new Promise<void>((ready, failed) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString()
        if (output.includes(words)) {
          ready()
        }
      }
      child.stdout?.on("data", read)
      child.stderr?.on("data", read)
      child.once("error", failed)
      child.once("exit", (code) => failed(new Error(`${child.spawnfile} ended with ${code}:\n${output}`)))
    })
  }

  private cli(): string {
    return join(this.folder, "node_modules", "@medusajs", "cli", "cli.js")
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      ...cleanEnvironment(),
      DATABASE_URL: this.databaseUrl,
      JWT_SECRET: "a secret of the package test",
      COOKIE_SECRET: "another secret of the package test",
      MEDUSA_DISABLE_TELEMETRY: "true",
    }
  }
}

async function npm(args: string[], cwd: string): Promise<string> {
  const options = { cwd, env: cleanEnvironment(), maxBuffer: 64 * 1024 * 1024 }
  const cli = process.env.npm_execpath
  const { stdout } = cli ? await run(process.execPath, [cli, ...args], options) : await run("npm", args, options)
  return stdout
}

/** What this test process has in its environment for itself must not reach the app. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = /^(NODE_ENV|NODE_OPTIONS|JEST_WORKER_ID|TEST_TYPES|LOG_LEVEL|REDIS_URL|DB_.*|WHOLESALE_.*|npm_package_.*|npm_lifecycle_.*|INIT_CWD)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)))
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.once("error", failed)
    server.listen(0, "localhost", () => {
      const address = server.address()
      server.close(() => done(typeof address === "object" && address ? address.port : 0))
    })
  })
}
