import type { MedusaContainer } from "@medusajs/framework/types"

import type { PackingSlipDocument, PackingSlipLine } from "../../documents/model/packing-slip"
import { calendarDay } from "../../lib/calendar/days"
import { notFound } from "../../lib/errors/wholesale-error"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { OrderDocument, OrderShipment } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import type { Store } from "../../modules/wholesale-store/service"
import { PIECE } from "./document-figures"
import { buyerSide, placeOf, sellerSide } from "./document-parties"
import { buyerSnapshot, sellerSnapshot } from "./party-snapshots"
import { printedBranding } from "./printed-branding"

export interface ShipmentOfOrder {
  readonly order_id: string
  /** Of the shipment within the order. */
  readonly sequence: string
}

export interface PackedShipment {
  readonly document: PackingSlipDocument
  readonly shipment: OrderShipment
}

/** What goes into the box of one shipment. @throws WholesaleError 404 for an order or shipment that is not there */
export async function packingSlipDocument(
  container: MedusaContainer,
  store: Store,
  { order_id, sequence }: ShipmentOfOrder
): Promise<PackedShipment> {
  const order = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .retrieveOrder({ id: order_id, store_id: store.id })
  const shipment = order.shipments.find((candidate) => String(candidate.sequence) === sequence)
  if (!shipment) {
    throw notFound("Shipment", sequence)
  }
  const account = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store.id, order.account_id)
  const shipped_on = calendarDay(new Date(shipment.shipped_at))
  const { seller, locale, notes } = sellerSide(sellerSnapshot(store))
  const document: PackingSlipDocument = {
    kind: "packing_slip",
    number: `${order.number ?? order.id}/${shipment.sequence}`,
    issued_on: shipped_on,
    branding: await printedBranding(container, store),
    seller,
    locale,
    notes: order.note ? [order.note, ...notes] : notes,
    buyer: buyerSide(buyerSnapshot(account, order.bill_to)).buyer,
    ship_from: null,
    ship_to: order.pickup_place
      ? placeOf({ address_1: order.pickup_place }, account.company_name)
      : placeOf(order.ship_to, account.company_name),
    shipped_on,
    purchase_order_number: order.purchase_order_number,
    order_numbers: order.number ? [order.number] : [],
    carrier: shipment.carrier,
    tracking_numbers: shipment.tracking_numbers,
    lines: linesOf(order, shipment),
  }
  return { document, shipment }
}

/** Lines of the shipment; what was still to come is counted as of it, whatever was sent later. */
function linesOf(order: OrderDocument, { sequence, lines }: OrderShipment): PackingSlipLine[] {
  const sentUntilNow = order.shipments.filter((shipment) => shipment.sequence <= sequence).flatMap((shipment) => shipment.lines)
  return order.lines.flatMap((line) => {
    const shipped = quantityOf(lines, line.id)
    return shipped === 0
      ? []
      : [
          {
            line_number: line.line_number,
            sku: line.sku,
            title: line.title,
            unit: PIECE,
            ordered: String(line.quantity),
            shipped: String(shipped),
            outstanding: String(line.quantity - quantityOf(sentUntilNow, line.id)),
          },
        ]
  })
}

const quantityOf = (lines: OrderShipment["lines"], lineId: string): number =>
  lines.filter(({ line_id }) => line_id === lineId).reduce((sum, { quantity }) => sum + quantity, 0)
