import { MetadataStorage } from "@medusajs/framework/mikro-orm/core"

// The entity registry outlives a spec file in the same worker; each boots its own app.
MetadataStorage.clear()

// The sweeper would run at every full minute, also while the runner puts the database back between
// tests: they run it themselves. Half a day away, for timers reach no further than three weeks.
process.env.WHOLESALE_RECONCILE_SCHEDULE = `0 ${(new Date().getHours() + 12) % 24} * * *`

// Partners by a relay are reached by hand (`carryByRelay`): the runner puts the database back under running workers.
process.env.WHOLESALE_RELAY_WORKERS = "false"
process.env.WHOLESALE_MASTER_KEY = Buffer.alloc(32, "test").toString("base64")
