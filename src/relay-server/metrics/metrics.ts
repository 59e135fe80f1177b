import { Counter, Gauge, Histogram, Registry } from "prom-client"

import type { NewsDesk } from "../news/news-desk"
import type { StoredTotals } from "./stored-totals"

const PREFIX = "wholesale_relay"

/** How a pairing attempt went: begun, then finished, aborted or expired; or not even begun. */
export type AttemptOutcome = "begun" | "finished" | "aborted" | "expired" | "not_found" | "limited"

/**
 * What a node counts, for Prometheus. Nothing in it tells stores apart: no id, no key, no address.
 *
 * What nodes share (mailboxes, messages waiting) every node tells alike: take the maximum of them, not the sum.
 */
export class Metrics {
  private readonly registry = new Registry()

  readonly requests = this.histogram("request_seconds", "Time to answer, long-polls with their wait", [
    "method",
    "route",
    "status",
  ])
  readonly stored = this.counter("messages_stored_total", "Messages stored")
  readonly storedBytes = this.counter("stored_bytes_total", "Sealed bytes stored")
  readonly duplicates = this.counter("messages_duplicate_total", "Messages sent again that were there already")
  readonly handedOut = this.counter(
    "messages_handed_out_total",
    "Messages handed out, again and again until acknowledged"
  )
  readonly handedOutBytes = this.counter("handed_out_bytes_total", "Bytes of messages handed out")
  readonly acknowledged = this.counter("messages_acknowledged_total", "Messages deleted because their store has them")
  readonly expired = this.counter("messages_expired_total", "Messages deleted because nobody fetched them")
  readonly mailboxesDeleted = this.counter("mailboxes_deleted_total", "Mailboxes deleted because nobody sent to them")
  readonly mailboxesFull = this.counter("mailbox_full_total", "Batches for which a mailbox had no room, or not for all")
  readonly listenReconnects = this.counter(
    "listen_reconnects_total",
    "Times the connection that hears other nodes was made again"
  )
  private readonly attempts = new Counter({
    name: `${PREFIX}_pairing_attempts_total`,
    help: "Pairing attempts by outcome",
    labelNames: ["outcome"],
    registers: [this.registry],
  })

  constructor({ totals, desk }: { totals: StoredTotals; desk: NewsDesk }) {
    this.gauge("waiting_polls", "Requests that wait for news at this node", async () => desk.waiting)
    this.gauge("mailboxes", "Mailboxes of all nodes", async () => (await totals.read()).mailboxes)
    this.gauge("messages_waiting", "Messages that wait, at all nodes", async () => (await totals.read()).messages)
    this.gauge("waiting_bytes", "Sealed bytes that wait, at all nodes", async () => (await totals.read()).bytes)
    this.gauge(
      "oldest_message_seconds",
      "Age of the oldest message that waits",
      async () => (await totals.read()).oldest_seconds
    )
  }

  attempt(outcome: AttemptOutcome, count = 1): void {
    this.attempts.inc({ outcome }, count)
  }

  /** All of it as Prometheus reads it, with the type of that text. @throws when the database does not answer */
  async text(): Promise<{ type: string; text: string }> {
    return { type: this.registry.contentType, text: await this.registry.metrics() }
  }

  private counter(name: string, help: string): Counter {
    return new Counter({ name: `${PREFIX}_${name}`, help, registers: [this.registry] })
  }

  private histogram<Label extends string>(name: string, help: string, labelNames: Label[]): Histogram<Label> {
    const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 30]
    return new Histogram({ name: `${PREFIX}_${name}`, help, labelNames, buckets, registers: [this.registry] })
  }

  private gauge(name: string, help: string, read: () => Promise<number>): Gauge {
    return new Gauge({
      name: `${PREFIX}_${name}`,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read())
      },
    })
  }
}
