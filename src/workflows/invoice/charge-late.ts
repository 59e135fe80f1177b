import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { ChargeLateInput as ChargeLate } from "../../modules/wholesale-invoice/persistence/late-charges/late-charges"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { postReceivablesStep } from "./steps/post-receivables"

export interface ChargeLateInput extends Omit<ChargeLate, "charged_at"> {
  /** ISO 8601; now where it is not given. */
  readonly charged_at?: string
}

export interface VoidLateChargeInput {
  readonly id: string
  readonly store_id: string
  readonly reason: string
  readonly actor: Actor
}

const chargeLateStep = createStep(
  "wholesale-charge-late",
  async ({ charged_at, ...input }: ChargeLateInput, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).chargeLate({
        ...input,
        charged_at: charged_at ? new Date(charged_at) : undefined,
      })
    )
)

const voidLateChargeStep = createStep(
  "wholesale-void-late-charge",
  async (input: VoidLateChargeInput, { container }) =>
    new StepResponse(
      await container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).voidLateCharge(input)
    )
)

/**
 * Charges a fee or interest on an invoice; the account's balance rises by it.
 *
 * @throws WholesaleError 409 `not_allowed`; 400 `invalid_amount`; 404
 */
export const chargeLateWorkflow = createWorkflow(
  "wholesale-charge-late",
  (input: WorkflowData<ChargeLateInput>) => {
    const charged = chargeLateStep(input)
    postReceivablesStep(transform(charged, ({ postings }) => postings))
    return new WorkflowResponse(charged)
  }
)

/**
 * Takes a late charge back of which nothing is paid; the balance falls by it.
 *
 * @throws WholesaleError 409 `late_charge_settled`; 404
 */
export const voidLateChargeWorkflow = createWorkflow(
  "wholesale-void-late-charge",
  (input: WorkflowData<VoidLateChargeInput>) => {
    const voided = voidLateChargeStep(input)
    postReceivablesStep(transform(voided, ({ postings }) => postings))
    recheckCreditStep(
      transform({ voided, input }, (data) => ({
        store_id: data.input.store_id,
        account_id: data.voided.late_charge.account_id,
        actor: data.input.actor,
      }))
    )
    return new WorkflowResponse(voided)
  }
)
