import { FEW_LINES, MANY_LINES, type DocumentFigures } from "./documents"
import type { Comparison } from "./measure"
import type { ReplayRun } from "./replaying"
import { count, milliseconds, table, times } from "./table"

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

export const salesTable = (sales: readonly Comparison[]): string =>
  table(
    ["against core's `createOrderWorkflow` with the same lines", "lines", "core, ms", "wholesale, ms", "times as fast", "aim"],
    sales.map(({ name, size, base_ms, ms }) => {
      const { title, aims } = SALES[name]
      const aim = aims?.[size]
      return [title, count(size), milliseconds(base_ms), milliseconds(ms), times(base_ms / ms), aim ? `${aim}` : ""]
    })
  )

export const listingsTable = (listings: readonly Comparison[]): string =>
  table(
    ["listing", "1,000 orders, ms", "100,000 orders, ms", "times as long", "aim"],
    listings.map(({ name, base_ms, ms }) => [
      LISTINGS[name],
      milliseconds(base_ms),
      milliseconds(ms),
      times(ms / base_ms),
      `at most ${LISTING_AIM}`,
    ])
  )

export const replayTable = (replays: readonly ReplayRun[]): string =>
  table(
    [
      "replay, each order placed to paid and mirrored",
      "documents",
      "rows",
      "orders",
      "orders a second",
      "peak memory, MB",
    ],
    replays.map(({ documents, figures: { rows_read, orders, orders_per_second, peak_rss_mb } }) => [
      "An export",
      ...[documents, rows_read, orders].map(count),
      ...[orders_per_second, peak_rss_mb].map(String),
    ])
  )

const DOCUMENTS: Readonly<Record<string, string>> = {
  pdf: "PDF/A-3b",
  ubl: "UBL, checked against the norm",
  cii: "CII, checked against the norm",
  factur_x: "Factur-X: both in one file",
}
/** Ten times the lines. */
const DOCUMENT_GROWTH_AIM = MANY_LINES / FEW_LINES
const DOCUMENT_AIM = "1,000 ms"

export const documentsTable = (figures: readonly DocumentFigures[]): string =>
  table(
    [
      "an invoice as",
      `${FEW_LINES} lines, ms`,
      `${MANY_LINES} lines, ms`,
      "times as long",
      "aim",
    ],
    figures.map(({ name, few_ms, many_ms }) => [
      DOCUMENTS[name],
      milliseconds(few_ms),
      milliseconds(many_ms),
      times(many_ms / few_ms),
      `at most ${DOCUMENT_GROWTH_AIM}, and well below ${DOCUMENT_AIM}`,
    ])
  )

/** A tenth and the whole; how many times as long it may take. */
const RECEIVABLES: Readonly<Record<string, { readonly title: string; readonly of: string; readonly aim: number }>> = {
  ageing: { title: "Ageing of all accounts", of: "invoices of the store, a hundred an account", aim: 10 },
  "ageing of one account": { title: "Ageing of one account", of: "invoices of the store, a hundred an account", aim: 1.5 },
  statement: { title: "A quarter's statement of one account", of: "invoices of the store, a hundred an account", aim: 1.5 },
  payment: { title: "Recording one payment that settles all invoices of an account", of: "invoices of the account", aim: 10 },
}

export const receivablesTable = (figures: readonly Comparison[]): string =>
  table(
    ["receivables", "of", "few", "ms", "many", "ms", "times as long", "aim"],
    figures.map(({ name, size, base_ms, ms }) => {
      const { title, of, aim } = RECEIVABLES[name]
      return [
        title,
        of,
        ...[count(size / 10), milliseconds(base_ms), count(size), milliseconds(ms)],
        times(ms / base_ms),
        `at most ${aim}`,
      ]
    })
  )
