import type { DataSource } from "typeorm"

/** Counting goes through all mailboxes: once in so long is enough, however often somebody asks. */
const KEPT_MS = 15_000

export interface Totals {
  readonly mailboxes: number
  readonly messages: number
  readonly bytes: number
  /** 0 where none waits. */
  readonly oldest_seconds: number
}

const TOTALS = `
  select count(*)::float as mailboxes, coalesce(sum(message_count), 0)::float as messages,
    coalesce(sum(byte_count), 0)::float as bytes,
    (select coalesce(extract(epoch from now() - min(stored_at)), 0)::float from relay_message) as oldest_seconds
  from relay_mailbox`

/** What lies in the database, as it was a quarter of a minute ago at most. */
export class StoredTotals {
  private totals: Promise<Totals> | undefined
  private lastBytes = 0
  private readAt = 0

  constructor(private readonly database: DataSource) {}

  async read(): Promise<Totals> {
    if (!this.totals || Date.now() - this.readAt > KEPT_MS) {
      this.readAt = Date.now()
      this.totals = this.query()
      this.totals.then(
        ({ bytes }) => {
          this.lastBytes = bytes
        },
        () => {
          this.totals = undefined
        }
      )
    }
    return await this.totals
  }

  /** Bytes that wait, as they were last counted: whoever asks does not wait for the next count, which this begins. */
  get waitingBytes(): number {
    // Who asks will learn from the database itself that it is away.
    this.read().catch(() => undefined)
    return this.lastBytes
  }

  private async query(): Promise<Totals> {
    const [totals] = await this.database.query<Totals[]>(TOTALS)
    return totals ?? { mailboxes: 0, messages: 0, bytes: 0, oldest_seconds: 0 }
  }
}
