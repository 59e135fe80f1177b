import { readFileSync, writeFileSync } from "node:fs"
import { cpus, totalmem, type } from "node:os"

import packageJson from "../package.json"
import type { Comparison, Measurements } from "./measure"
import type { ReplayRun } from "./replaying"

/** What is measured, what it is compared with, and how many times as fast it should be. */
const SALES: Readonly<Record<string, { readonly title: string; readonly aims?: Readonly<Record<number, number>> }>> = {
  "manual order": { title: "Placing a manual order", aims: { 45: 8, 1_000: 12 } },
  "purchase order": { title: "Placing a purchase order, the supplier's order and answer included" },
  approval: { title: "Approving an order: its stock and credit taken" },
  invoice: { title: "Invoicing a delivered order" },
  mirror: { title: "Mirroring a paid invoice as a core order" },
}

const LISTINGS: Readonly<Record<string, string>> = {
  "first page": "First page of 50 orders, by the service",
  "page of one status": "First page of one status, by the service",
  "first page over HTTP": "`GET /admin/wholesale/orders?limit=50`",
}
const LISTING_AIM = 1.5

export interface Machine {
  readonly postgres: string
  readonly rounds: number
}

/** The results as Markdown, for the terminal and for docs/benchmarks.md. */
export function report({ sales, listings }: Measurements, replays: readonly ReplayRun[], machine: Machine): string {
  return [
    machineLine(machine),
    "",
    "| against core's `createOrderWorkflow` with the same lines | lines | core, ms | wholesale, ms | times as fast | aim |",
    "|---|--:|--:|--:|--:|--:|",
    ...sales.map(saleRow),
    "",
    "| listing | 1,000 orders, ms | 100,000 orders, ms | times as long | aim |",
    "|---|--:|--:|--:|--:|",
    ...listings.map(listingRow),
    "",
    "| replay, each order placed to paid and mirrored | documents | rows | orders | orders a second | peak memory, MB |",
    "|---|--:|--:|--:|--:|--:|",
    ...replays.map(replayRow),
  ].join("\n")
}

const BEGIN = "<!-- npm run bench -- --write -->"
const END = "<!-- end -->"

/** Puts the results between the marks that the page has for them. */
export function writeReport(path: string, results: string): void {
  const page = readFileSync(path, "utf8")
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) {
    throw new Error(`${path} has no place for the results: ${BEGIN} … ${END}`)
  }
  writeFileSync(path, `${page.slice(0, begin + BEGIN.length)}\n${results}\n${page.slice(end)}`)
}

function machineLine({ postgres, rounds }: Machine): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const date = new Date().toISOString().slice(0, 10)
  return (
    `Measured on ${date}, medians of ${rounds} rounds: ${cpus().length} × ${cpu.model.trim()}, ${memory} GB, ${type()}; ` +
    `Node ${process.versions.node}, PostgreSQL ${postgres}, Medusa ${packageJson.devDependencies["@medusajs/medusa"]}, ` +
    `medusa-wholesale ${packageJson.version}.`
  )
}

function saleRow({ name, size, base_ms, ms }: Comparison): string {
  const { title, aims } = SALES[name]
  const aim = aims?.[size]
  return cells(title, count(size), milliseconds(base_ms), milliseconds(ms), times(base_ms / ms), aim ? `${aim}` : "")
}

function listingRow({ name, base_ms, ms }: Comparison): string {
  return cells(LISTINGS[name], milliseconds(base_ms), milliseconds(ms), times(ms / base_ms), `at most ${LISTING_AIM}`)
}

function replayRow({ documents, figures }: ReplayRun): string {
  const { rows_read, orders, orders_per_second, peak_rss_mb } = figures
  return cells("An export", count(documents), count(rows_read), count(orders), String(orders_per_second), String(peak_rss_mb))
}

function cells(...texts: string[]): string {
  return `| ${texts.join(" | ")} |`
}

function count(value: number): string {
  return value.toLocaleString("en")
}

function milliseconds(value: number): string {
  return value < 100 ? value.toFixed(1) : count(Math.round(value))
}

function times(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1)
}
