import { WHOLESALE_PURCHASE } from "../../modules/wholesale-purchase"
import type WholesalePurchaseModuleService from "../../modules/wholesale-purchase/service"
import { partnerActor, type Applier } from "./applier"

export const applyOrder: Applier<"order"> = async (container, receiver, document) => {
  const { id, revision, incarnation, body } = document
  const { charges, tax_summary, pickup, rejection_reason, cancel_reason, goods_returned } = body
  await container.resolve<WholesalePurchaseModuleService>(WHOLESALE_PURCHASE).applyOrder({
    ...receiver,
    purchase_order_id: body.purchase_order_id,
    incarnation,
    revision,
    order_id: id,
    parent_id: body.parent_id,
    children: body.children,
    order_number: body.number,
    order_status: body.status,
    on_hold: body.on_hold,
    totals: body.totals,
    lines: body.lines,
    tracking: body.shipments,
    summary: { charges, tax_summary, pickup, rejection_reason, cancel_reason, goods_returned },
    reason: cancel_reason ?? rejection_reason,
    actor: partnerActor(receiver),
  })
}
