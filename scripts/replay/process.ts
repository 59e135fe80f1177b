import { mkdirSync } from "node:fs"
import { basename, join } from "node:path"
import type { ExecArgs } from "@medusajs/framework/types"

import { REFUSALS } from "./judge-row"
import { replayExport, writeRefusedRows, type ReplayProgress, type ReplayResult } from "./replay"

/** What the replay tells the process that started it. */
export interface ReplayMessage {
  readonly result: ReplayResult & { readonly refused_rows_file: string; readonly peak_rss_mb: number }
}

const MILLISECONDS_BETWEEN_LINES = 2_000

/**
 * Runs under `medusa exec` with the export's path and a folder for the list of refused rows: replays,
 * shows progress and the reconciliation, and tells its parent the result.
 */
export default async function replayProcess({ container, args: [file, folder] }: ExecArgs): Promise<void> {
  const result = await replayExport(container, file, progressLines())
  mkdirSync(folder, { recursive: true })
  const refused_rows_file = join(folder, `${basename(file)}.refused.csv`)
  await writeRefusedRows(container, result.store.id, refused_rows_file)
  showReconciliation(result, refused_rows_file)
  const peak_rss_mb = Math.round(process.resourceUsage().maxRSS / 1024)
  const message: ReplayMessage = { result: { ...result, refused_rows_file, peak_rss_mb } }
  await new Promise<void>((sent) => (process.send ? process.send(message, () => sent()) : sent()))
}

function progressLines(): (progress: ReplayProgress) => void {
  let last = performance.now()
  return ({ documents, rows, replayed, orders, seconds }) => {
    if (performance.now() - last < MILLISECONDS_BETWEEN_LINES) {
      return
    }
    last = performance.now()
    const known = documents - replayed > 0 ? `, ${documents - replayed} known from before` : ""
    const rate = (orders / seconds).toFixed(1)
    say(`     row ${rows + 1}: ${documents} documents${known}, ${orders} orders, ${rate} orders a second`)
  }
}

function showReconciliation(result: ReplayResult, refusedRowsFile: string): void {
  const { sums, refused_by_reason, rows_refused } = result
  say(`\nReconciliation of ${result.store.name}, amounts in ${result.currency_code.toUpperCase()}`)
  say(`     ${figure(result.documents_read)} documents of ${result.rows_read} rows read`)
  say(`     ${figure(result.orders)} orders made and delivered, ${result.paid} of them invoiced and paid in full`)
  say(`     ${figure(result.cancellations_credited)} cancellations credited, by ${result.credit_notes} credit notes`)
  say(`     ${figure(rows_refused)} rows refused, each with its reason in ${refusedRowsFile}`)
  for (const { reason, rows, amount } of refused_by_reason) {
    say(`          ${String(rows).padStart(6)}  ${amount.padStart(14)}  ${REFUSALS[reason]}`)
  }
  say(`     ${sums.live_mirrors.padStart(14)}  live mirrors net of refunds (${sums.ordered} ordered, ${sums.credited} credited)`)
  say(`   + ${sums.refused.padStart(14)}  refused rows`)
  say(`   = ${sums.file.padStart(14)}  the file${result.reconciled ? "" : `: IT DIFFERS by ${result.difference}`}`)
  say(`     ${result.orders_made_now} orders in ${result.seconds} s, ${result.orders_per_second} a second`)
}

function figure(count: number): string {
  return String(count).padStart(6)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
