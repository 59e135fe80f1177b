import { createHash } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"

import { relayBackOffSeconds } from "../relay-client/back-off"
import type { RelayExchange, TakenFromMailbox } from "../relay-exchange"
import type { RelayTraffic, StoreRelay } from "../relay-traffic"

import { messageOf } from "../../../lib/errors/message-of"

export interface WorkersLog {
  warn(message: string): void
}

interface ReceiverInput {
  readonly exchange: Pick<RelayExchange, "noteRelay">
  readonly traffic: RelayTraffic
  readonly log: WorkersLog
  readonly ending: AbortSignal
  /** Hears what an answer led to. */
  readonly onTaken: (taken: readonly TakenFromMailbox[]) => void
}

const POLL_SECONDS = 25
/** A job that polls is made anew now and then, so that another process may take it. */
const POLLING_MILLISECONDS = 5 * 60 * 1_000
/** For how long a relay is asked for what waits before others have their turn. */
const WAITING_MILLISECONDS = 10_000
/** How often it is noted that a relay answers. */
const NOTED_MILLISECONDS = 10_000

/**
 * Asks relays for what came in. One that fails is left alone for a while, for as long as it said at least: by whoever
 * asks in this process.
 */
export class Receiver {
  private readonly failing = new Map<string, { readonly failures: number; readonly not_before: number }>()
  /** When it was noted that a store's relay answers. */
  private readonly noted = new Map<string, number>()

  constructor(private readonly input: ReceiverInput) {}

  /** Takes in what comes, as soon as it comes. */
  async poll(relay: StoreRelay): Promise<void> {
    const until = Date.now() + POLLING_MILLISECONDS
    while (Date.now() < until && !this.input.ending.aborted) {
      const rest = this.restOf(relay)
      await (rest > 0 ? pause(rest, this.input.ending) : this.ask(relay, POLL_SECONDS))
    }
  }

  /** Takes in what waits by now, answer after answer, and tells the relay so. */
  async receiveWaiting(relay: StoreRelay): Promise<void> {
    const until = Date.now() + WAITING_MILLISECONDS
    let isMore = true
    while (isMore && Date.now() < until && !this.input.ending.aborted && this.restOf(relay) <= 0) {
      await this.ask(relay, 0)
      isMore = this.input.traffic.owesAcknowledgements(relay)
    }
  }

  /** Milliseconds for which the relay is still to be left alone; none below 1. */
  private restOf(relay: StoreRelay): number {
    return (this.failing.get(keyOf(relay))?.not_before ?? 0) - Date.now()
  }

  private async ask(relay: StoreRelay, wait_seconds: number): Promise<void> {
    const { traffic, ending, onTaken } = this.input
    try {
      const { taken, failures } = await traffic.receiveOnce(relay, wait_seconds, ending)
      await this.noteAnswer(relay)
      onTaken(taken)
      if (failures.length) {
        throw failures[0]
      }
      this.failing.delete(keyOf(relay))
    } catch (error) {
      if (!ending.aborted) {
        await this.noteFailure(relay, error)
      }
    }
  }

  private async noteAnswer({ store_id }: StoreRelay): Promise<void> {
    const now = Date.now()
    if (now - (this.noted.get(store_id) ?? 0) < NOTED_MILLISECONDS) {
      return
    }
    await this.input.exchange.noteRelay({ store_id, failure: null })
    this.noted.set(store_id, now)
  }

  private async noteFailure(relay: StoreRelay, error: unknown): Promise<void> {
    const { store_id, relay_url } = relay
    const message = messageOf(error)
    this.input.log.warn(`Wholesale: the relay ${relay_url} of store ${store_id}: ${message}`)
    const retryAfter =
      typeof error === "object" && error !== null && "retry_after_seconds" in error ? error.retry_after_seconds : 0
    const failures = (this.failing.get(keyOf(relay))?.failures ?? 0) + 1
    const wait_seconds = relayBackOffSeconds(failures, Number(retryAfter ?? 0))
    this.failing.set(keyOf(relay), { failures, not_before: Date.now() + wait_seconds * 1_000 })
    this.noted.delete(store_id)
    await this.input.exchange.noteRelay({ store_id, failure: message })
  }
}

export const keyOf = ({ store_id, relay_url }: StoreRelay): string =>
  `${store_id}-${createHash("sha256").update(relay_url).digest("hex").slice(0, 12)}`

/** Waits, or less where the signal ends it. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined)
}
