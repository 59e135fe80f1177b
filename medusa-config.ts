import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { defineConfig, loadEnv } from "@medusajs/framework/utils"

// The app that develops and tests the plugin. It is not published.
loadEnv(process.env.NODE_ENV ?? "development", __dirname)

const { DATABASE_URL, REDIS_URL, WHOLESALE_RELAY_HEARTBEAT_SECONDS: RELAY_HEARTBEAT_SECONDS } = process.env

/** The one plugin options object: Medusa hands it to every module of a plugin, and so does this app. */
const wholesaleOptions = {
  platformAdmins: list(process.env.WHOLESALE_PLATFORM_ADMINS),
  defaultFlags: list(process.env.WHOLESALE_DEFAULT_FLAGS),
  serverKey: process.env.WHOLESALE_SERVER_KEY,
  relayWorkers: process.env.WHOLESALE_RELAY_WORKERS !== "false",
  relayHeartbeatSeconds: RELAY_HEARTBEAT_SECONDS ? Number(RELAY_HEARTBEAT_SECONDS) : undefined,
}

const modulesRoot = join(__dirname, "src", "modules")

/** Every folder under src/modules is a module, as it is for an app that installs the plugin. */
const wholesaleModules = (existsSync(modulesRoot) ? readdirSync(modulesRoot, { withFileTypes: true }) : [])
  .filter((entry) => entry.isDirectory())
  .map((entry) => ({ resolve: `./src/modules/${entry.name}`, options: wholesaleOptions }))

const redisModules = REDIS_URL
  ? [
      { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl: REDIS_URL } },
      { resolve: "@medusajs/medusa/workflow-engine-redis", options: { redis: { redisUrl: REDIS_URL } } },
      {
        resolve: "@medusajs/medusa/locking",
        options: {
          providers: [
            {
              resolve: "@medusajs/medusa/locking-redis",
              id: "locking-redis",
              is_default: true,
              options: { redisUrl: REDIS_URL },
            },
          ],
        },
      },
      {
        resolve: "@medusajs/medusa/caching",
        options: {
          providers: [
            {
              resolve: "@medusajs/medusa/caching-redis",
              id: "caching-redis",
              is_default: true,
              options: { redisUrl: REDIS_URL },
            },
          ],
        },
      },
    ]
  : []

/** E-mails are logged and kept, not sent: an app that installs the plugin brings a provider of its own. */
const notificationModule = {
  resolve: "@medusajs/medusa/notification",
  options: {
    providers: [
      {
        resolve: "@medusajs/medusa/notification-local",
        id: "local",
        options: { channels: ["feed", "email"] },
      },
    ],
  },
}

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: DATABASE_URL,
    databaseDriverOptions: isLocal(DATABASE_URL) ? { connection: { ssl: false } } : undefined,
    redisUrl: REDIS_URL,
    http: {
      storeCors: process.env.STORE_CORS ?? "http://localhost:8000",
      adminCors: process.env.ADMIN_CORS ?? "http://localhost:5173,http://localhost:9000",
      authCors: process.env.AUTH_CORS ?? "http://localhost:5173,http://localhost:8000,http://localhost:9000",
    },
  },
  admin: { disable: process.env.MEDUSA_ADMIN_DISABLE === "true" },
  modules: [...wholesaleModules, notificationModule, ...redisModules],
})

function list(value: string | undefined): string[] {
  return (value ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "")
}

/** Medusa asks a database for TLS unless told otherwise; a server on this machine seldom offers it. */
function isLocal(url: string | undefined): boolean {
  return url === undefined || ["localhost", "127.0.0.1", "[::1]", ""].includes(new URL(url).hostname)
}
