import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { nextOrderStatus } from "../domain/order-machine"
import { completesOrder, shipmentLines, type ShipmentLine } from "../domain/shipment-lines"
import { operationIsDone } from "./operations"
import { NO_PICKUP_NOTICE_DUE } from "./pickup-notices"
import { linesOf, lockOrder, shipmentsOf } from "./reads"
import { SHIPMENT_COLUMNS, type Order, type OrderShipment } from "./rows"
import { applyEvent, partDue, type VerbInput } from "./transitions"

export interface RecordShipmentInput extends VerbInput {
  readonly event: "ship" | "dispatch" | "pick_up"
  /** The shipment's id, derived from what asks for it: a retry meets the same shipment. */
  readonly shipment_id: string
  /** Left out: all that is left. A pickup always takes everything. */
  readonly lines?: readonly ShipmentLine[]
  readonly carrier?: string
  readonly tracking_numbers?: readonly string[]
}

export interface RecordedShipment {
  readonly order: Order
  readonly shipment: OrderShipment
}

/** See `WholesaleOrderModuleService.recordShipment`. */
export async function recordShipment(
  em: EntityManager,
  input: RecordShipmentInput
): Promise<RecordedShipment> {
  const order = await lockOrder(em, input)
  const earlier = await shipmentsOf(em, order.id)
  const known = earlier.find(({ id }) => id === input.shipment_id)
  if (known) {
    return { order, shipment: known }
  }
  await operationIsDone(em, order, input.operation_id)
  const gone = nextOrderStatus(order, input.event)
  const lines = await linesOf(em, order.id)
  const asked = input.event === "pick_up" ? undefined : input.lines
  const parcel = shipmentLines({ id: order.id, lines }, asked)
  const completed = completesOrder(lines, parcel)

  const at = input.at ?? new Date()
  const sequence = earlier.length + 1
  const pickedUp = input.event === "pick_up"
  const [shipment] = await em.execute<OrderShipment[]>(
    `insert into "wholesale_order_shipment"
       (id, store_id, order_id, sequence, carrier, tracking_numbers, shipped_at, delivered_at, lines)
     values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb) returning ${SHIPMENT_COLUMNS}`,
    [
      input.shipment_id,
      order.store_id,
      order.id,
      sequence,
      input.carrier ?? null,
      JSON.stringify(input.tracking_numbers ?? []),
      at,
      pickedUp ? at : null,
      JSON.stringify(parcel),
    ]
  )
  await em.execute(
    `update "wholesale_order_line" line
     set shipped_quantity = line.shipped_quantity + going.quantity, updated_at = now()
     from json_to_recordset(?::json) as going(line_id text, quantity int)
     where line.id = going.line_id and line.order_id = ?`,
    [JSON.stringify(parcel), order.id]
  )
  const changed = await applyEvent(em, order, { ...input, at }, {
    event: input.event,
    to: completed ? gone : order.status,
    set: pickedUp ? { completed_at: at, ...NO_PICKUP_NOTICE_DUE } : {},
    details: { shipment_id: shipment.id, sequence },
    ...partDue(order, { event: input.event, sequence }),
  })
  return { order: changed, shipment }
}
