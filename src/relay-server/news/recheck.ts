import type { DataSource } from "typeorm"

import type { NewsDesk } from "./news-desk"
import type { TopicKind } from "./topics"

/** How late a lost notification can make a message. */
const EVERY_MS = 5_000

/** Of these keys or ids, those with something to see. One statement for all of them. */
export type Look = (database: DataSource, ids: readonly Buffer[]) => Promise<Buffer[]>

/**
 * Looks every five seconds, for all who wait at this node together, whether there is news that nobody told: one
 * cheap statement for each kind of news that is waited for.
 */
export class Recheck {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined

  constructor(
    private readonly database: DataSource,
    private readonly desk: NewsDesk,
    private readonly looks: Readonly<Record<TopicKind, Look>>,
    private readonly onFailure: (error: unknown) => void
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run()
        .catch(this.onFailure)
        .finally(() => {
          this.running = undefined
        })
    }, EVERY_MS)
  }

  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.running
  }

  private async run(): Promise<void> {
    for (const [kind, look] of Object.entries(this.looks)) {
      const topics = this.desk.topics().filter((topic) => topic.kind === kind)
      if (topics.length === 0) {
        continue
      }
      const names = new Map(topics.map(({ id, name }) => [id.toString("hex"), name]))
      const found = await look(
        this.database,
        topics.map(({ id }) => id)
      )
      found.forEach((id) => this.desk.wake(names.get(id.toString("hex")) ?? ""))
    }
  }
}
