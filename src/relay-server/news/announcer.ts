import { randomBytes } from "node:crypto"
import type { DataSource } from "typeorm"

import type { NewsDesk } from "./news-desk"
import type { Topic } from "./topics"

/** What nodes tell each other is sent on this channel, as `<node> <topic>`. */
export const CHANNEL = "relay_news"

/**
 * Tells who waits that there is news: those at this node at once, those at others by NOTIFY.
 *
 * NOTIFY takes a lock on the whole server at commit, so it is not part of the transaction that makes the news; all
 * that comes up while one is under way goes out with the next. What gets lost so, the others find when they look
 * again (`recheck.ts`).
 */
export class Announcer {
  /** By which a node knows what it said itself. */
  readonly node = randomBytes(6).toString("hex")
  private pending = new Set<string>()
  private sending: Promise<void> | undefined

  constructor(
    private readonly database: DataSource,
    private readonly desk: NewsDesk,
    private readonly onFailure: (error: unknown) => void
  ) {}

  announce(...topics: readonly Topic[]): void {
    for (const { name } of topics) {
      this.desk.wake(name)
      this.pending.add(name)
    }
    if (this.pending.size > 0) {
      this.sending ??= this.send()
    }
  }

  /** Comes back when everything announced is out. */
  async settled(): Promise<void> {
    await this.sending
  }

  private async send(): Promise<void> {
    // Lets what arrives in this turn of the loop go out together.
    await new Promise(setImmediate)
    while (this.pending.size > 0) {
      const payloads = [...this.pending].map((name) => `${this.node} ${name}`)
      this.pending = new Set()
      try {
        await this.database.query("select pg_notify($1, payload) from unnest($2::text[]) as payload", [
          CHANNEL,
          payloads,
        ])
      } catch (error) {
        this.onFailure(error)
      }
    }
    this.sending = undefined
  }
}
