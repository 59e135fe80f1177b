import { mkdirSync } from "node:fs"
import { basename, join } from "node:path"
import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { FIXTURE_PASSWORD } from "../fixture/trading-stores"
import { ensureAdminUser } from "../fixture/users"
import { REFUSALS } from "./judge-row"
import { replayExport, writeRefusedRows, type ReplayProgress, type ReplayResult } from "./replay"

export interface ReplayFigures extends ReplayResult {
  /** Every refused row with its number and reason. */
  readonly refused_rows_file: string
  readonly peak_rss_mb: number
  /** Who may look at the store in the dashboard. */
  readonly email: string
}

/** What the replay tells the process that started it. */
export type ReplayMessage =
  | { readonly type: "line"; readonly text: string }
  | { readonly type: "result"; readonly result: ReplayFigures }

const MILLISECONDS_BETWEEN_LINES = 2_000

/**
 * Runs under `medusa exec`, a process of its own, with the export's path and a folder for the list of
 * refused rows: replays, tells its progress, the reconciliation and the result.
 */
export default async function replayProcess({ container, args: [file, folder] }: ExecArgs): Promise<void> {
  const result = await replayExport(container, file, tellProgress())
  const refused_rows_file = join(folder, `${basename(file)}.refused.csv`)
  mkdirSync(folder, { recursive: true })
  await writeRefusedRows(container, result.store.id, refused_rows_file)
  const figures: ReplayFigures = {
    ...result,
    refused_rows_file,
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    email: await ensureLogin(container, result.store.id),
  }
  tellReconciliation(figures)
  await tell({ type: "result", result: figures })
}

async function ensureLogin(container: MedusaContainer, store_id: string): Promise<string> {
  const user = await ensureAdminUser(container, { email: "replay@example.com", password: FIXTURE_PASSWORD })
  await container
    .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    .addMember({ store_id, actor_type: "user", actor_id: user.id })
  return user.email
}

function tellProgress(): (progress: ReplayProgress) => void {
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

function tellReconciliation(figures: ReplayFigures): void {
  const { sums, rows_refused } = figures
  const lines: [number | string, string][] = [
    [figures.documents_read, `documents of ${figures.rows_read} rows read`],
    [figures.orders, "orders made and delivered"],
    [figures.paid, "of them invoiced and paid in full"],
    [figures.cancellations_credited, `cancellations credited, by ${figures.credit_notes} credit notes`],
    [rows_refused, `rows refused, each with its reason in ${figures.refused_rows_file}`],
  ]
  say(`\nReconciliation of ${figures.store.name}, amounts in ${figures.currency_code.toUpperCase()}`)
  lines.forEach(([figure, text]) => say(`${String(figure).padStart(14)}  ${text}`))
  for (const { reason, rows, amount } of figures.refused_by_reason) {
    say(`${String(rows).padStart(20)}  ${amount.padStart(12)}  ${REFUSALS[reason]}`)
  }
  say(`${sums.live_mirrors.padStart(14)}  live mirrors net of refunds: ${sums.ordered} ordered, ${sums.credited} credited`)
  say(`${`+ ${sums.refused}`.padStart(14)}  refused rows`)
  say(`${`= ${sums.file}`.padStart(14)}  the file${figures.reconciled ? "" : `: IT DIFFERS by ${figures.difference}`}`)
  const rate = `${figures.orders_made_now} orders in ${figures.seconds} s, ${figures.orders_per_second} a second`
  say(`${"".padStart(14)}  ${rate}, at most ${figures.peak_rss_mb} MB of memory`)
}

function say(text: string): void {
  void tell({ type: "line", text })
}

/** Without a parent that listens the lines go to the terminal. */
async function tell(message: ReplayMessage): Promise<void> {
  await new Promise<void>((told) => {
    if (process.send) {
      process.send(message, () => told())
    } else if (message.type === "line") {
      process.stdout.write(`${message.text}\n`, () => told())
    } else {
      told()
    }
  })
}
