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
import { shipmentLines, type ShipmentLine } from "../../modules/wholesale-order/domain/shipment-lines"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { announceStep } from "../exchange/steps/announce"
import { issueDueInvoicesStep } from "../invoice/steps/issue-due-invoices"
import { stockLeaves } from "../stock/stock-leaves"
import { effectKey, orderStockReference } from "./order-keys"
import { invoicesDue, orderToAnnounce, timeOf, type OrderVerbInput } from "./order-verb"
import { refusing } from "./refusing"
import { beginOperationStep } from "./steps/begin-operation"

export interface SendGoodsInput extends OrderVerbInput {
  /** `ship` with a carrier, `dispatch` by the store's own people, `pick_up` by the buyer. */
  readonly event: "ship" | "dispatch" | "pick_up"
  /** Everything that is left where none are given; a pickup always takes everything. */
  readonly lines?: readonly ShipmentLine[]
  readonly carrier?: string
  readonly tracking_numbers?: readonly string[]
}

interface SendGoodsStepInput extends SendGoodsInput {
  readonly operation_id: string
}

/**
 * What is refused is refused before any goods have moved, and closes the operation; after that the
 * verb only goes forward.
 */
const takeOutGoodsStep = createStep(
  "wholesale-take-out-order-goods",
  async ({ id, store_id, operation_id, event, lines }: SendGoodsStepInput, { container }) => {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const order = await orders.retrieveOrder({ id, store_id })
    const shipment_id = derivedId("whshp", operation_id)
    if (order.shipments.some((shipment) => shipment.id === shipment_id)) {
      return new StepResponse({ shipment_id })
    }
    await refusing(container, { operation_id, store_id }, async () => {
      await stockLeaves(container, {
        ...orderStockReference(store_id, id),
        key: effectKey(operation_id, "leave"),
        lines: shipmentLines(order, event === "pick_up" ? undefined : lines),
      })
    })
    return new StepResponse({ shipment_id })
  }
)

const recordShipmentStep = createStep(
  "wholesale-record-order-shipment",
  async (
    { at, shipment_id, ...verb }: SendGoodsStepInput & { shipment_id: string },
    { container }
  ) => {
    const { order } = await container
      .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
      .recordShipment({ ...verb, shipment_id, at: timeOf(at) })
    return new StepResponse(order)
  }
)

/**
 * Goods of a packed order leave the house, all of them or a parcel: the stock falls once, the shipment
 * is recorded, and the status moves on with the last unit.
 *
 * @throws WholesaleError 409 `not_allowed`, `more_than_left`, `nothing_left_to_ship`,
 * `insufficient_stock`, `operation_in_progress`; 400 `invalid_shipment_line`; 404
 */
export const sendGoodsWorkflow = createWorkflow(
  "wholesale-send-order-goods",
  (input: WorkflowData<SendGoodsInput>) => {
    const operation = beginOperationStep(
      transform(input, ({ id, store_id, operation_id, event, ...payload }) => ({
        id: operation_id,
        store_id,
        order_id: id,
        verb: event,
        payload: { ...payload },
      }))
    )
    const verb = transform({ input, operation }, (data) => ({
      ...data.input,
      operation_id: data.operation.id,
    }))
    const shipment = takeOutGoodsStep(verb)
    const order = recordShipmentStep(
      transform({ verb, shipment }, (data) => ({ ...data.verb, ...data.shipment }))
    )
    announceStep(transform(order, orderToAnnounce))
    issueDueInvoicesStep(transform({ order, input }, (data) => invoicesDue(data.order, data.input.at)))
    return new WorkflowResponse(order)
  }
)
