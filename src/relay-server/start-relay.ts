import type { AddressInfo } from "node:net"
import type { FastifyInstance } from "fastify"

import type { RelayConfig } from "./config"
import { openDatabase } from "./database/open-database"
import { storedSecret } from "./database/stored-secret"
import { healthRoutes } from "./health-routes"
import { buildServer, signedRoutes } from "./http/build-server"
import type { LogSink } from "./http/log"
import { infoRoutes } from "./info-routes"
import { mailboxRoutes } from "./mailboxes/routes"
import { keysWithMail } from "./mailboxes/waiting-messages"
import { Announcer } from "./news/announcer"
import { Listener } from "./news/listener"
import { NewsDesk } from "./news/news-desk"
import { Recheck } from "./news/recheck"
import { Topics } from "./news/topics"
import type { Relay } from "./relay"

/** Requests that still run so long after the relay began to close are cut off. */
const CLOSE_MS = 10_000

export interface RunningRelay {
  /** Where stores reach it: the first of its origins. */
  readonly origin: string
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
    return { origin: await node.start(), close: () => node.close() }
  } catch (error) {
    await node.close()
    throw error
  }
}

/** What runs, and how it ends: in the opposite order. */
class Node {
  private readonly closers: (() => Promise<void>)[] = []
  private readonly app: FastifyInstance
  private origins: readonly string[] = []
  private closing: Promise<void> | undefined

  constructor(
    private readonly config: RelayConfig,
    log: LogSink | undefined
  ) {
    const { log_level, trust_proxy, request_timeout_ms } = config
    const origins = (): readonly string[] => this.origins
    const isClosing = (): boolean => this.closing !== undefined
    this.app = buildServer({ log_level, log, trust_proxy, request_timeout_ms, origins, isClosing })
  }

  async start(): Promise<string> {
    const relay = await this.prepare()
    infoRoutes(this.app)
    healthRoutes(this.app, relay)
    signedRoutes(this.app, { origins: () => this.origins }, (signed) => mailboxRoutes(signed, relay))
    await this.listen(relay)
    return this.origins[0] ?? ""
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      for (const closer of this.closers.reverse()) {
        await closer()
      }
    })()
    return this.closing
  }

  private async prepare(): Promise<Relay> {
    const { config, app } = this
    const { database_url: url } = config
    const warn = (message: string) => (error: unknown) => app.log.warn({ err: error }, message)

    const database = await openDatabase({
      url,
      connections: config.database_connections,
      onLostConnection: warn("lost a connection to the database"),
    })
    this.closers.push(() => database.destroy())

    const desk = new NewsDesk()
    const announcer = new Announcer(database, desk, warn("could not tell other nodes of news"))
    this.closers.push(() => announcer.settled())

    const listener = new Listener({
      url,
      desk,
      node: announcer.node,
      onLost: warn("lost the connection that hears other nodes"),
      onRegained: () => app.log.info("hears other nodes again"),
    })
    await listener.start()
    this.closers.push(() => listener.stop())

    const recheck = new Recheck(database, desk, { mail: keysWithMail }, warn("could not look again"))
    recheck.start()
    this.closers.push(() => recheck.stop())

    return { config, database, desk, announcer, topics: new Topics(await storedSecret(database, "topics")) }
  }

  private async listen({ desk }: Relay): Promise<void> {
    const { app, config } = this
    this.closers.push(async () => {
      desk.close()
      const cutOff = setTimeout(() => app.server.closeAllConnections(), CLOSE_MS)
      await app.close()
      clearTimeout(cutOff)
    })
    await app.listen({ host: config.host, port: config.port })
    const { port } = app.server.address() as AddressInfo
    this.origins = config.origins ?? [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
  }
}
