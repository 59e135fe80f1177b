import type { MedusaContainer } from "@medusajs/framework/types"
import { emitEventStep } from "@medusajs/medusa/core-flows"
import { createStep, StepResponse, transform, type WorkflowData } from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleEvents } from "../../events"
import type { Posting } from "../../modules/wholesale-invoice/persistence/posting"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type { DocumentRef } from "../../trade/announce"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { announceStep } from "../exchange/steps/announce"
import { takeBackCoreOrders } from "../reconcile/finish-receivables"
import { postReceivablesStep } from "./steps/post-receivables"

/** What a verb on money leaves to be done once it is committed. */
export interface Settlement {
  readonly store_id: string
  readonly account_id: string
  readonly actor: Actor
  readonly invoices: readonly Invoice[]
  readonly postings: readonly Posting[]
  /** Whose partner is told how it lies now. */
  readonly payment_id?: string
}

const takeBackCoreOrdersStep = createStep(
  "wholesale-take-back-core-orders",
  async (invoices: readonly Invoice[], { container }: { container: MedusaContainer }) => {
    if (invoices.some(({ status }) => status !== "paid")) {
      await takeBackCoreOrders(container)
    }
    return new StepResponse()
  }
)

/**
 * The steps that follow every verb on money: its entries in the ledger, the core orders of invoices that
 * are open again, the partner's news, the orders that wait for credit, and the event of invoices that are
 * paid now. Each is found by the sweeper where a crash comes before it.
 */
export function afterSettlement(settlement: WorkflowData<Settlement>): void {
  postReceivablesStep(transform(settlement, ({ postings }) => postings))
  takeBackCoreOrdersStep(transform(settlement, ({ invoices }) => invoices))
  announceStep(transform(settlement, newsOf))
  recheckCreditStep(
    transform(settlement, ({ store_id, account_id, actor }) => ({ store_id, account_id, actor }))
  )
  emitEventStep({
    eventName: WholesaleEvents.INVOICE_PAID,
    data: transform(settlement, ({ invoices }) =>
      invoices
        .filter(({ status }) => status === "paid")
        .map(({ id, store_id }) => ({ id, store_id }))
    ),
  })
}

function newsOf({ invoices, payment_id }: Settlement): DocumentRef[] {
  return [
    ...invoices
      .filter(({ connection_id }) => connection_id !== null)
      .map(({ id }) => ({ type: "invoice" as const, id })),
    ...(payment_id ? [{ type: "payment" as const, id: payment_id }] : []),
  ]
}
