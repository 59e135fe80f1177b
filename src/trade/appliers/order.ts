import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { partnerActor, type Applier } from "./applier"

export const applyOrder: Applier<"order"> = async (container, receiver, document) => {
  const { id, revision, incarnation, body } = document
  const { shipments, lines: _, version: __, ...summary } = body
  await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).applyOrder({
    ...receiver,
    purchase_order_id: body.purchase_order_id,
    incarnation,
    revision,
    order_id: id,
    order_number: body.number,
    order_status: body.status,
    tracking: shipments,
    summary,
    reason: body.cancel_reason ?? body.rejection_reason,
    actor: partnerActor(receiver),
  })
}
