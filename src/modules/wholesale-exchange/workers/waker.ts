import { within } from "../../../lib/within"
import type { WakingQueue } from "./queue-backend"

/** How long a queue that does not answer is waited for. */
const PATIENCE_MILLISECONDS = 2_000

/**
 * Puts jobs into a queue. One that does not answer keeps nobody for long, and after the first nobody at all; what it
 * was told meanwhile it takes once it is back, each job once.
 */
export class Waker {
  /** Jobs that the queue has not taken yet. */
  private readonly untaken = new Set<string>()
  private isAway = false

  constructor(
    private readonly queue: WakingQueue,
    /** Hears why a job was not taken that nobody waited for. */
    private readonly onLost: (error: unknown) => void
  ) {}

  /**
   * @returns whether the queue has taken the job; false as long as it is known to be away
   * @throws what the queue failed of, or that it does not answer
   */
  async wake(jobId: string, data: object): Promise<boolean> {
    if (this.isAway) {
      if (!this.untaken.has(jobId)) {
        this.add(jobId, data).catch(this.onLost)
      }
      return false
    }
    let isAnswered = false
    const added = this.add(jobId, data).finally(() => {
      isAnswered = true
    })
    try {
      await within(PATIENCE_MILLISECONDS, added, `The queue ${this.queue.name} does not answer.`)
      return true
    } catch (error) {
      // A queue that refuses is there, and says nothing of what others still wait for.
      this.isAway ||= !isAnswered
      throw error
    }
  }

  /** Whether the queue answers now. */
  async answers(): Promise<boolean> {
    try {
      await within(PATIENCE_MILLISECONDS, this.queue.isPaused(), `The queue ${this.queue.name} does not answer.`)
      return true
    } catch (error) {
      this.onLost(error)
      return false
    }
  }

  private async add(jobId: string, data: object): Promise<void> {
    this.untaken.add(jobId)
    try {
      await this.queue.add("wake", data, { jobId })
      this.isAway = false
    } finally {
      this.untaken.delete(jobId)
    }
  }
}
