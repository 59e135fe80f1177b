import type { Topic } from "./topics"

/** Waits that one topic has at a node; with one more, the one that waits longest ends without news. */
const WAITS_PER_TOPIC = 16

/** Why a wait ended: to look again, or because it is over. */
export type Woken = "look" | "over"

/** A place in the queue for news; whoever takes one looks only after it, so nothing falls between. */
export interface Wait {
  /** Comes back with `look` at news, with `over` at the deadline, when it was left, or had to make room. */
  news(deadline_ms: number): Promise<Woken>
  leave(): void
}

type Waker = (why: Woken) => void

/**
 * Who waits at this node, and for what. Wakes only: what the news is, the waiting look up themselves. So it matters
 * to nobody whether a wake comes twice or for nothing.
 */
export class NewsDesk {
  private readonly waits = new Map<string, { topic: Topic; wakers: Set<Waker> }>()
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
    let wake: Waker = () => {}
    const woken = new Promise<Woken>((done) => {
      wake = done
    })
    const place = this.waits.get(topic.name) ?? { topic, wakers: new Set() }
    this.waits.set(topic.name, place)
    if (place.wakers.size >= WAITS_PER_TOPIC) {
      endFirst(place.wakers)
    }
    place.wakers.add(wake)
    return {
      async news(deadline) {
        const timer = setTimeout(wake, Math.max(0, deadline - Date.now()), "over" satisfies Woken)
        const why = await woken
        clearTimeout(timer)
        return why
      },
      leave: () => {
        wake("over")
        place.wakers.delete(wake)
        if (place.wakers.size === 0 && this.waits.get(topic.name) === place) {
          this.waits.delete(topic.name)
        }
      },
    }
  }

  /** @param name of the topic */
  wake(name: string): void {
    this.waits.get(name)?.wakers.forEach((wake) => wake("look"))
  }

  wakeAll(): void {
    this.waits.forEach(({ wakers }) => wakers.forEach((wake) => wake("look")))
  }

  /** Ends all waits; who comes later looks once (`isClosed`). */
  close(): void {
    this.closed = true
    this.waits.forEach(({ wakers }) => wakers.forEach((wake) => wake("over")))
  }
}

function endFirst(wakers: Set<Waker>): void {
  const [first] = wakers
  if (first) {
    first("over")
    wakers.delete(first)
  }
}
