import type { NewsDesk } from "./news-desk"
import type { Topic } from "./topics"

export interface LongPoll<Found> {
  readonly topic: Topic
  /** 0 looks once. */
  readonly wait_seconds: number
  /** Aborted when the caller is gone. */
  readonly gone: AbortSignal
  /** Undefined where there is nothing yet. */
  readonly look: () => Promise<Found | undefined>
}

/**
 * Looks, and where there is nothing waits for news and looks again. Undefined when the time is over, the caller is
 * gone or the relay closes. Holds nothing while it waits: no connection, no lock.
 *
 * The place in the queue is taken before each look, so that what arrives between look and wait is not missed.
 */
export async function longPoll<Found>(
  desk: NewsDesk,
  { topic, wait_seconds, gone, look }: LongPoll<Found>
): Promise<Found | undefined> {
  const deadline = Date.now() + wait_seconds * 1_000
  for (;;) {
    const wait = desk.enter(topic)
    const leave = (): void => wait.leave()
    gone.addEventListener("abort", leave)
    try {
      const found = await look()
      if (found !== undefined || Date.now() >= deadline || desk.isClosed || gone.aborted) {
        return found
      }
      if ((await wait.news(deadline)) === "over") {
        return undefined
      }
    } finally {
      gone.removeEventListener("abort", leave)
      wait.leave()
    }
  }
}
