import type { Topic } from "./topics"

/** Waits that one topic has at a node; with one more, the one that waits longest ends without news. */
const WAITS_PER_TOPIC = 16

/** A place in the queue for news; whoever takes one looks only after it, so nothing falls between. */
export interface Wait {
  /** Comes back at news, at the deadline, when the caller is gone or the relay closes. */
  news(deadline_ms: number): Promise<void>
  leave(): void
}

/**
 * Who waits at this node, and for what. Wakes only: what the news is, the waiting look up themselves. So it matters
 * to nobody whether a wake comes twice or for nothing.
 */
export class NewsDesk {
  private readonly waits = new Map<string, { topic: Topic; wakers: Set<() => void> }>()
  private closed = false

  get isClosed(): boolean {
    return this.closed
  }

  get waiting(): number {
    return [...this.waits.values()].reduce((sum, { wakers }) => sum + wakers.size, 0)
  }

  /** Every topic that somebody waits for, once. */
  topics(): Topic[] {
    return [...this.waits.values()].map(({ topic }) => topic)
  }

  enter(topic: Topic): Wait {
    let wake = (): void => {}
    const woken = new Promise<void>((done) => {
      wake = done
    })
    const place = this.waits.get(topic.name) ?? { topic, wakers: new Set() }
    this.waits.set(topic.name, place)
    if (place.wakers.size >= WAITS_PER_TOPIC) {
      endFirst(place.wakers)
    }
    place.wakers.add(wake)
    if (this.closed) {
      wake()
    }
    return {
      async news(deadline) {
        const timer = setTimeout(wake, Math.max(0, deadline - Date.now()))
        await woken
        clearTimeout(timer)
      },
      leave: () => {
        wake()
        place.wakers.delete(wake)
        if (place.wakers.size === 0 && this.waits.get(topic.name) === place) {
          this.waits.delete(topic.name)
        }
      },
    }
  }

  /** @param name of the topic */
  wake(name: string): void {
    this.waits.get(name)?.wakers.forEach((wake) => wake())
  }

  wakeAll(): void {
    this.waits.forEach(({ wakers }) => wakers.forEach((wake) => wake()))
  }

  /** Ends all waits, now and from now on. */
  close(): void {
    this.closed = true
    this.wakeAll()
  }
}

function endFirst(wakers: Set<() => void>): void {
  const [first] = wakers
  if (first) {
    first()
    wakers.delete(first)
  }
}
