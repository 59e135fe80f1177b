import type { AddressInfo } from "node:net"
import type { FastifyInstance } from "fastify"

import type { RelayConfig } from "./config"
import { healthRoutes } from "./health-routes"
import { buildServer, signedRoutes } from "./http/build-server"
import type { LogSink } from "./http/log"
import { infoRoutes } from "./info-routes"
import { RequestLimits } from "./limits/request-limits"
import { mailboxRoutes } from "./mailboxes/routes"
import { metricsOnRelay, metricsServer } from "./metrics/routes"
import { openRelay, type Closers } from "./open-relay"
import { attemptRoutes, slotRoutes } from "./pairing/routes"
import type { Relay } from "./relay"

/** Requests that still run so long after the relay began to close are cut off. */
const CLOSE_MS = 10_000

export interface RunningRelay {
  /** Where stores reach it: the first of its origins. */
  readonly origin: string
  /** Where Prometheus reads its metrics. */
  readonly metrics_url: string
  /**
   * Takes no more requests, ends long-polls with an empty answer at once, finishes what runs, and lets go of
   * everything. Called again it is the same closing.
   */
  close(): Promise<void>
}

/**
 * Runs a node of a relay: brings the database up to date, and comes back when it accepts requests. Several in one
 * process, or on one database, do not disturb each other.
 *
 * @param options.log where log lines go instead of the standard output
 * @throws when the database does not answer or the port is taken; nothing is left running then
 */
export async function startRelay(config: RelayConfig, options: { log?: LogSink } = {}): Promise<RunningRelay> {
  const node = new Node(config, options.log)
  try {
    return { ...(await node.start()), close: () => node.close() }
  } catch (error) {
    // What stopped the start is what matters, not what could not be ended after it.
    await node.close().catch(() => {})
    throw error
  }
}

/** What runs, and how it ends: in the opposite order. */
class Node {
  private readonly closers: Closers = []
  private readonly app: FastifyInstance
  private origins: readonly string[] = []
  private closing: Promise<void> | undefined

  constructor(
    private readonly config: RelayConfig,
    log: LogSink | undefined
  ) {
    const isClosing = (): boolean => this.closing !== undefined
    this.app = buildServer({ ...config, log, isClosing })
  }

  async start(): Promise<Pick<RunningRelay, "origin" | "metrics_url">> {
    const { app, closers, config } = this
    const relay = await openRelay(config, app.log, closers)
    this.addRoutes(relay)
    const metricsPort = config.metrics && (await listen(metricsServer(relay.metrics), config.metrics, closers))
    const port = await listen(app, config, closers)
    closers.push(async () => relay.desk.close())
    this.origins = config.origins ?? [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
    return { origin: this.origins[0] ?? "", metrics_url: urlOf(config.metrics ?? config, metricsPort ?? port) }
  }

  close(): Promise<void> {
    this.closing ??= endAll(this.closers)
    return this.closing
  }

  private addRoutes(relay: Relay): void {
    const { app, config } = this
    const limits = new RequestLimits(config.limits)
    infoRoutes(app, limits)
    healthRoutes(app, relay)
    if (!config.metrics) {
      metricsOnRelay(app, relay.metrics)
    }
    app.addHook("onResponse", async ({ method, routeOptions }, reply) => {
      const labels = { method, route: routeOptions.url ?? "unknown", status: reply.statusCode }
      relay.metrics.requests.observe(labels, reply.elapsedTime / 1_000)
    })
    signedRoutes(app, { origins: () => this.origins, limits }, (signed) => {
      mailboxRoutes(signed, relay)
      slotRoutes(signed, relay)
      attemptRoutes(signed, relay)
    })
  }
}

/** The last one first, and all of them, whichever fails. @throws what failed first */
async function endAll(closers: Closers): Promise<void> {
  const failures: unknown[] = []
  for (const closer of closers.reverse()) {
    await closer().catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) {
    throw failures[0]
  }
}

/** @returns the port, which the system may have chosen */
async function listen(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
  closers: Closers
): Promise<number> {
  closers.push(async () => {
    const cutOff = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS)
    await app.close()
    clearTimeout(cutOff)
  })
  await app.listen({ host, port })
  return (app.server.address() as AddressInfo).port
}

function urlOf({ host }: { host: string }, port: number): string {
  const reachable = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}/metrics`
}
