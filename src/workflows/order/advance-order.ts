import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { derivedId } from "../../lib/ids/derived-id"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announceStep } from "../exchange/steps/announce"
import { issueDueInvoicesStep } from "../invoice/steps/issue-due-invoices"
import { notifyPickupReadyStep } from "./steps/notify-pickup-ready"
import { invoicesDue, orderToAnnounce, timeOf, type OrderVerbInput } from "./order-verb"

/** Its `operation_id` names the event in the history: these verbs need no intent row. */
export interface AdvanceOrderInput extends OrderVerbInput {
  /** The events that move neither goods nor money. */
  readonly event: "start_packing" | "finish_packing" | "make_ready_for_pickup" | "deliver"
  /** Where and when a pickup order is handed over. */
  readonly pickup?: { readonly place?: string; readonly at?: string }
}

const advanceOrderStep = createStep(
  "wholesale-advance-order",
  async ({ at, pickup, operation_id, ...verb }: AdvanceOrderInput, { container }) => {
    const order = await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).transition({
      ...verb,
      event_id: operation_id && derivedId("whordev", operation_id),
      at: timeOf(at),
      ...(pickup && { pickup: { place: pickup.place, at: timeOf(pickup.at) } }),
    })
    return new StepResponse(order)
  }
)

/** Moves an order on by an event that is one conditional update; what follows from it follows. */
export const advanceOrderWorkflow = createWorkflow(
  "wholesale-advance-order",
  (input: WorkflowData<AdvanceOrderInput>) => {
    const order = advanceOrderStep(input)
    announceStep(transform(order, orderToAnnounce))
    notifyPickupReadyStep(transform({ order, input }, (data) => ({ order: data.order, event: data.input.event })))
    issueDueInvoicesStep(transform({ order, input }, (data) => invoicesDue(data.order, data.input.at)))
    return new WorkflowResponse(order)
  }
)
