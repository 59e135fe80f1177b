import { count, milliseconds, table, times } from "../table"
import { CATALOG_ITEMS } from "./documents"
import type { GrowthFigures } from "./growth"
import type { ExchangeFigures } from "./measure-exchange"

/** How much of the bare speed is to be left, and how much longer a large backlog may make it. */
const SPEED_AIM = "at least 0.5"
const GROWTH_AIM = "at most 1.5"

const SIZES: Readonly<Record<number, string>> = { [1024]: "1 KiB", [1024 * 1024]: "1 MiB" }
const BATCHES: Readonly<Record<number, string>> = { 100: "100 a call", 1: "one a call" }
const GROWTH: Readonly<Record<GrowthFigures["name"], string>> = {
  sealing: "Sealing one document, with so many waiting for the same partner",
  receiving: "Acknowledging 500 messages and receiving the next 500, with so many in the mailbox",
  carrying: "1,000 documents store to store, with so many waiting at the sender and as many at the relay",
}

/** One table a question. */
export function exchangeTables(figures: ExchangeFigures): string {
  const { sealing, jobs_per_second, carrying, waking, throughput, growth, catalog } = figures
  return [
    table(
      ["sealing and opening, against bare ChaCha20-Poly1305 of `node:crypto`", "bare, µs", "sealed, µs", "times as fast", "aim"],
      sealing.flatMap(({ bytes, bare_us, sealed_us, carried_us }) => [
        [SIZES[bytes], milliseconds(bare_us), milliseconds(sealed_us), times(bare_us / sealed_us), SPEED_AIM],
        [
          `${SIZES[bytes]}, also cut, chained and put together`,
          milliseconds(bare_us),
          milliseconds(carried_us),
          times(bare_us / carried_us),
          "",
        ],
      ])
    ),
    table(
      ["documents store to store, against bare BullMQ jobs on PostgreSQL", "jobs a second", "documents a second", "times as many", "aim"],
      carrying.map(({ queue, batch, documents_per_second }) => [
        `${BATCHES[batch]}, workers woken by ${queue}`,
        count(jobs_per_second),
        count(documents_per_second),
        times(documents_per_second / jobs_per_second),
        batch > 1 ? SPEED_AIM : "",
      ])
    ),
    table(
      ["from the answer to who sends to the answer to who waits at a relay", "median, ms", "95 of 100 within, ms"],
      waking.map(({ nodes, median_ms, high_ms }) => [
        nodes === 1 ? "Both at one node" : "At two nodes",
        milliseconds(median_ms),
        milliseconds(high_ms),
      ])
    ),
    table(
      ["a relay: sent, received, acknowledged", "messages a second", "times as many as by one mailbox"],
      throughput.map(({ mailboxes, messages_per_second }) => [
        mailboxes === 1 ? "One mailbox" : `${count(mailboxes)} mailboxes`,
        count(messages_per_second),
        times(messages_per_second / throughput[0].messages_per_second),
      ])
    ),
    table(
      ["growth", "few", "ms", "many", "ms", "times as long", "aim"],
      growth.map(({ name, few, many, few_ms, many_ms }) => [
        GROWTH[name],
        count(few),
        milliseconds(few_ms),
        count(many),
        milliseconds(many_ms),
        times(many_ms / few_ms),
        GROWTH_AIM,
      ])
    ),
    table(
      [
        `a catalog of ${count(CATALOG_ITEMS)} items, 10 MB`,
        "peak memory before, MB",
        "with one, MB",
        `with ${count(catalog[0].catalogs)} after one another, MB`,
        "longest that others waited, ms",
      ],
      catalog.map(({ side, before_mb, first_mb, last_mb, longest_turn_ms }) => [
        side === "sender" ? "Store that sends" : "Store that receives",
        count(before_mb),
        count(first_mb),
        count(last_mb),
        count(longest_turn_ms),
      ])
    ),
  ].join("\n\n")
}
