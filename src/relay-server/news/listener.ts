import { Client } from "pg"

import { CHANNEL } from "./announcer"
import type { NewsDesk } from "./news-desk"

const CONNECT_MS = 5_000
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

export interface ListenerOptions {
  readonly url: string
  readonly desk: NewsDesk
  /** The name of this node, whose own news are known here already. */
  readonly node: string
  readonly onLost: (error: unknown) => void
  /** Called each time that the connection stands again after it was lost. */
  readonly onRegained: () => void
}

/**
 * Hears what other nodes announce, on a connection of its own that LISTEN needs for itself. Where it is lost it is
 * made again, at first at once and then every few seconds; then all who wait look again, for news may have passed
 * meanwhile.
 */
export class Listener {
  private client: Client | undefined
  private timer: NodeJS.Timeout | undefined
  private reconnecting: Promise<void> | undefined
  private stopped = false

  constructor(private readonly options: ListenerOptions) {}

  /** @throws when the database does not answer */
  async start(): Promise<void> {
    this.client = await this.connect()
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.reconnecting
    const client = this.client
    this.client = undefined
    await client?.end()
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: "medusa-wholesale-relay listener",
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    client.on("notification", ({ payload }) => this.hear(payload ?? ""))
    client.on("error", (error) => this.lose(client, error))
    client.on("end", () => this.lose(client, undefined))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
    return client
  }

  private hear(payload: string): void {
    const [node, topic] = payload.split(" ")
    if (topic !== undefined && node !== this.options.node) {
      this.options.desk.wake(topic)
    }
  }

  /** Once a connection, whichever of `error` and `end` comes first; attempts to connect that fail are none. */
  private lose(client: Client, error: unknown): void {
    if (this.stopped || client !== this.client) {
      return
    }
    this.client = undefined
    this.options.onLost(error)
    client.end().catch(() => {})
    this.reconnectAfter(FIRST_PAUSE_MS)
  }

  private reconnectAfter(pause: number): void {
    this.timer = setTimeout(() => {
      this.reconnecting = this.reconnect().catch(() => {
        if (!this.stopped) {
          this.reconnectAfter(Math.min(pause * 2, LONGEST_PAUSE_MS))
        }
      })
    }, pause)
  }

  private async reconnect(): Promise<void> {
    const client = await this.connect()
    if (this.stopped) {
      await client.end()
      return
    }
    this.client = client
    this.options.onRegained()
    this.options.desk.wakeAll()
  }
}
