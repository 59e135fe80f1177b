import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { FastifyInstance } from "fastify"

import type { RequestLimits } from "./limits/request-limits"

const PROTOCOL = 1

/** What anybody may know of a relay. */
export function infoRoutes(app: FastifyInstance, limits: RequestLimits): void {
  const version = packageVersion()
  app.get("/v1/info", { onRequest: (request) => limits.countAddress(request) }, async () => ({
    name: "medusa-wholesale-relay",
    version,
    protocol: PROTOCOL,
    time_ms: Date.now(),
  }))
}

/** The version in the package's own package.json, which stands further up than the sources and than what is built. */
function packageVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json")
    if (existsSync(file)) {
      const { version } = JSON.parse(readFileSync(file, "utf8")) as { version?: string }
      return version ?? "unknown"
    }
  }
  return "unknown"
}
