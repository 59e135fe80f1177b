import { container } from "@medusajs/framework"
import type { MedusaContainer } from "@medusajs/framework/types"
import start from "@medusajs/medusa/commands/start"

import { Deaths, type AnswerStep, type DeathStep, type EnterStep, type TradeStep } from "./relay-deaths"
import { RelayedStores } from "./relayed-stores"
import { Trade, type Partnership } from "./trade"

/** What the backend is to be in the middle of when it dies. */
export interface RelayCrashTask {
  readonly relay_url: string
  /** Purchase orders that it places and orders that it approves; the step is the retailer's, who sends or receives. */
  readonly trade: readonly {
    readonly step: TradeStep
    readonly partnership: Partnership
    readonly purchase_order_id?: string
    readonly order_id?: string
  }[]
  /** Distributors that somebody else enters a code of. */
  readonly answer: readonly { readonly step: AnswerStep; readonly store_id: string }[]
  /** Retailers that enter somebody else's code. */
  readonly enter: readonly { readonly step: EnterStep; readonly store_id: string; readonly code: string }[]
}

/** What it tells who started it. */
export type RelayCrashMessage =
  | { readonly type: "codes"; readonly codes: Readonly<Record<string, string>> }
  | { readonly type: "reached"; readonly step: DeathStep }
  | { readonly type: "failed"; readonly error: string }

/** A backend with its workers, as `medusa start` runs it, that goes about its task until it is killed. */
async function crash(directory: string, port: number, task: RelayCrashTask): Promise<void> {
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"))
  await start({ directory, port, host: "127.0.0.1" })
  const app = container as MedusaContainer
  let applied = () => {}
  const whenApplied = new Promise<void>((resolve) => {
    applied = resolve
  })
  const deaths = new Deaths(app, (step) => {
    tell({ type: "reached", step })
    if (step === "applied, not acknowledged") {
      applied()
    }
  })
  for (const { step, partnership } of task.trade) {
    const { retailer, supplier_connection_id } = partnership
    deaths.trade(step, { store_id: retailer.id, connection_id: supplier_connection_id })
  }
  for (const { step, store_id } of task.answer) {
    await deaths.answer(step, store_id)
  }
  for (const { step, store_id } of task.enter) {
    await deaths.enter(step, store_id)
  }

  const stores = new RelayedStores(app, task.relay_url)
  const codes: Record<string, string> = {}
  for (const { store_id } of task.answer) {
    codes[store_id] = await stores.generateCode(store_id)
  }
  tell({ type: "codes", codes })
  await Promise.all([
    ...task.enter.map(({ store_id, code }) => stores.enterCode(store_id, code)),
    ...task.trade.map(async ({ step, partnership, purchase_order_id, order_id }) => {
      const trade = new Trade(app, partnership)
      if (step === "taken in, not applied") {
        // Documents are applied one after another: who stops there stops those that come later.
        await whenApplied
      }
      await (purchase_order_id ? trade.placeDraft(purchase_order_id) : trade.approve(order_id ?? ""))
    }),
  ])
}

function tell(message: RelayCrashMessage): void {
  process.send?.(message)
}

crash(process.argv[2], Number(process.argv[3]), JSON.parse(process.argv[4]) as RelayCrashTask).catch((error: unknown) =>
  tell({ type: "failed", error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
)
