import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { partnerActor, type Applier } from "./applier"

export const applyOrderResponse: Applier<"order_response"> = async (
  container,
  receiver,
  { revision, incarnation, body }
) => {
  await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).applyOrderResponse({
    ...receiver,
    purchase_order_id: body.purchase_order_id,
    incarnation,
    revision,
    answer: body.answer,
    order_id: body.order_id,
    order_number: body.order_number,
    totals: body.totals,
    response: body,
    reason: body.refusal?.message,
    actor: partnerActor(receiver),
  })
}
