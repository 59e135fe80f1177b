import { BlockList, isIPv6 } from "node:net"
import { fastify, type FastifyInstance, type FastifyRequest } from "fastify"

import { notFound } from "../relay-error"
import type { Metrics } from "./metrics"

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4")
LOOPBACK.addAddress("::1", "ipv6")

/** Metrics on the address that stores reach, for this machine alone: to anybody else there is nothing here. */
export function metricsOnRelay(app: FastifyInstance, metrics: Metrics): void {
  app.get("/metrics", async (request, reply) => {
    if (!isFromThisMachine(request)) {
      throw notFound()
    }
    const { type, text } = await metrics.text()
    return reply.type(type).send(text)
  })
}

/** A server of its own for metrics, on an address that only those can reach who may see them. */
export function metricsServer(metrics: Metrics): FastifyInstance {
  const app: FastifyInstance = fastify({ exposeHeadRoutes: false })
  app.get("/metrics", async (_request, reply) => {
    const { type, text } = await metrics.text()
    return reply.type(type).send(text)
  })
  return app
}

/** What a proxy on this machine passes on comes from loopback too: it says so in a header. */
function isFromThisMachine({ raw, headers }: FastifyRequest): boolean {
  const address = raw.socket.remoteAddress ?? ""
  const isForwarded = headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined
  return !isForwarded && LOOPBACK.check(address, isIPv6(address) ? "ipv6" : "ipv4")
}
