import type { FastifyInstance } from "fastify"

import { unavailable } from "./relay-error"
import type { Relay } from "./relay"

/** For whoever restarts the process, and whoever sends it requests. */
export function healthRoutes(app: FastifyInstance, relay: Relay): void {
  app.get("/health/live", async () => ({ status: "live" }))

  // Migrations are done before a node listens, and while it closes no request gets this far.
  app.get("/health/ready", async () => {
    try {
      await relay.database.query("select 1")
    } catch {
      throw unavailable()
    }
    return { status: "ready" }
  })
}
