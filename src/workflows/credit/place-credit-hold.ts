import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { ownedRow } from "../../lib/errors/owned-row"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { reservationKey } from "../order/reservation-key"
import { showHolds } from "./show-holds"

export type PlaceCreditHoldInput = {
  readonly store_id: string
  /** Derived where a retry must meet the same hold. */
  readonly key: string
  readonly reason: string
  readonly actor: Actor
} & ({ readonly account_id: string } | { readonly order_id: string })

const placeHoldStep = createStep(
  "wholesale-place-credit-hold",
  async ({ store_id, key, reason, actor, ...subject }: PlaceCreditHoldInput, { container }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    if (!("order_id" in subject)) {
      const { account_id } = subject
      return new StepResponse(await credit.placeHold({ store_id, account_id, key, reason, actor }))
    }
    const { order_id } = subject
    const order = ownedRow(
      await container
        .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
        .listWholesaleOrders({ id: order_id, store_id }, { select: ["id", "account_id", "status", "terms"] }),
      "order",
      order_id
    )
    const hold = await credit.placeHold({
      store_id,
      account_id: order.account_id,
      order: {
        order_id,
        reservation_key: await reservationKey(container, { id: order_id, store_id }),
        prepaid: order.terms.type === "prepaid",
      },
      key,
      reason,
      actor,
    })
    await showHolds(container, { store_id, order_ids: [order_id], actor })
    return new StepResponse(hold)
  }
)

/**
 * Holds a pending order, or all orders to come of an account, on a person's word. An order that has its
 * credit gives it back until the hold is lifted.
 *
 * @throws WholesaleError as `placeHold` of the credit module
 */
export const placeCreditHoldWorkflow = createWorkflow(
  "wholesale-place-credit-hold",
  (input: WorkflowData<PlaceCreditHoldInput>) => new WorkflowResponse(placeHoldStep(input))
)
