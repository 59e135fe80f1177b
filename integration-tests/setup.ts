import { MetadataStorage } from "@medusajs/framework/mikro-orm/core"

// The entity registry outlives a spec file in the same worker; each boots its own app.
MetadataStorage.clear()

// The sweeper would run at every full minute, also while the runner puts the database back between
// tests: they run it themselves. Half a day away, for timers reach no further than three weeks.
process.env.WHOLESALE_RECONCILE_SCHEDULE = `0 ${(new Date().getHours() + 12) % 24} * * *`

// Workers share the server of REDIS_URL, and each has a database of its own there: one must not take
// the other's events and jobs.
const { REDIS_URL, JEST_WORKER_ID } = process.env
if (REDIS_URL) {
  const url = new URL(REDIS_URL)
  url.pathname = `/${JEST_WORKER_ID}`
  process.env.REDIS_URL = url.toString()
}

// Partners by a relay are reached by hand (`carryByRelay`): the runner puts the database back under running workers.
process.env.WHOLESALE_RELAY_WORKERS = "false"
process.env.WHOLESALE_MASTER_KEY = Buffer.alloc(32, "test").toString("base64")
