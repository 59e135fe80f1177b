import type { PartToInvoice } from "../../modules/wholesale-invoice/persistence/invoices/issue-invoice"
import { charged } from "../../modules/wholesale-order/domain/charged"
import { FIRST_SHIPMENT, WHOLE_ORDER } from "../../modules/wholesale-order/domain/invoice-due"
import type { OrderCharge, OrderDocument, OrderLine } from "../../modules/wholesale-order/persistence/rows"

/** What of an order is invoiced by a part of it: all, or what a shipment took with it. */
export function partToInvoice(order: OrderDocument, part: number): PartToInvoice {
  return {
    order_id: order.id,
    order_number: order.number ?? order.id,
    purchase_order_id: order.purchase_order_id,
    purchase_order_number: order.purchase_order_number,
    part,
    lines: [
      ...linesOfPart(order, part).map((line) => ({
        order_line_id: line.id,
        sku: line.sku,
        title: line.title,
        quantity: line.quantity,
        unit_price: line.unit_price,
        tax_rate: line.tax_rate,
        tax_code: line.tax_code,
      })),
      ...chargesOfPart(order, part).map((charge) => ({
        kind: charge.kind,
        order_line_id: charge.id,
        sku: "",
        title: charge.name,
        quantity: 1,
        unit_price: charge.amount,
        tax_rate: charge.tax_rate,
        tax_code: charge.tax_code,
      })),
    ],
  }
}

function linesOfPart(order: OrderDocument, part: number): OrderLine[] {
  if (part === WHOLE_ORDER) {
    return [...order.lines]
  }
  const shipment = order.shipments.find(({ sequence }) => sequence === part)
  const shipped = new Map(shipment?.lines.map(({ line_id, quantity }) => [line_id, quantity]))
  return order.lines.flatMap((line) => {
    const quantity = shipped.get(line.id)
    return quantity === undefined ? [] : [{ ...line, quantity }]
  })
}

/** What is charged beside the goods is invoiced with the first of them. */
function chargesOfPart(order: OrderDocument, part: number): OrderCharge[] {
  return part === WHOLE_ORDER || part === FIRST_SHIPMENT ? charged(order.charges) : []
}
