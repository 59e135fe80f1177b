import type { MedusaContainer } from "@medusajs/framework/types"

import { asWholesaleError } from "../../lib/errors/wholesale-error"
import { derivedId } from "../../lib/ids/derived-id"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type { Order } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import type { Address } from "../../schemas/common"
import { placeOrderWorkflow } from "../../workflows/order/place-order"
import { announce } from "../announce"
import { announceOrdersOf } from "../announce-orders"
import type { DocumentOf } from "../documents/registry"
import { partnerActor, type Applier, type Receiver } from "./applier"

/**
 * Makes the distributor's order from a partner's purchase order, or notes that the partner wishes to
 * cancel it, and answers. A refusal by a rule is an answer and no failure.
 */
export const applyPurchaseOrder: Applier<"purchase_order"> = async (
  container,
  receiver,
  document
) => {
  const order = await placedOrder(container, receiver, document)
  if (!order || !document.body.cancel_requested || (await isAnswered(container, receiver, document))) {
    return
  }
  await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).requestCancel({
    id: order.id,
    store_id: receiver.store_id,
    reason: document.body.cancel_requested.reason ?? "",
    actor: partnerActor(receiver),
    at: new Date(document.body.cancel_requested.at),
  })
  await announceOrdersOf(container, order)
}

/** Over a new connection a wish to cancel comes again that was answered over the one before. */
async function isAnswered(
  container: MedusaContainer,
  { connection_id }: Receiver,
  { id, body }: DocumentOf<"purchase_order">
): Promise<boolean> {
  const response = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .orderResponse({ connection_id, purchase_order_id: id })
  const details: unknown = response?.refusal?.details
  const answered = typeof details === "object" && details !== null && "requested_at" in details && details.requested_at
  return (
    response?.answer === "cancel_accepted" ||
    (response?.answer === "cancel_refused" && answered === body.cancel_requested?.at)
  )
}

async function placedOrder(
  container: MedusaContainer,
  receiver: Receiver,
  document: DocumentOf<"purchase_order">
): Promise<Order | undefined> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const answer = {
    store_id: receiver.store_id,
    connection_id: receiver.connection_id,
    purchase_order_id: document.id,
  }
  const known = await orders.orderResponse(answer)
  if (known?.answer === "refused") {
    // Refused is refused: a later revision, which asks to cancel, must not place it after all.
    return undefined
  }
  try {
    const order = await placeOrder(container, receiver, document)
    if (!known) {
      const { id } = await orders.answerPurchaseOrder({
        ...answer,
        answer: "accepted",
        order_id: order.id,
      })
      await announce(container, { type: "order_response", id })
      await announce(container, { type: "order", id: order.id })
    }
    return order
  } catch (error) {
    const refusal = asWholesaleError(error)
    if (!refusal || refusal.status >= 500 || refusal.code === "operation_in_progress") {
      throw error
    }
    const { code = "refused", message, details } = refusal
    const { id } = await orders.answerPurchaseOrder({
      ...answer,
      answer: "refused",
      refusal: { code, message, details },
    })
    await announce(container, { type: "order_response", id })
    return undefined
  }
}

async function placeOrder(
  container: MedusaContainer,
  { store_id, connection_id, sender_id }: Receiver,
  { id, body }: DocumentOf<"purchase_order">
): Promise<Order> {
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const [standing] = await orders.listWholesaleOrders(
    { store_id, connection_id, purchase_order_id: id, parent_id: null },
    { select: ["id", "status"], take: 1 }
  )
  // Whatever the connection: the partner takes no other order for it than the one that a restore has lost here.
  const order_id = standing?.id ?? derivedId("whord", store_id, sender_id, id)
  if (standing && standing.status !== "draft") {
    return orders.retrieveOrder({ id: order_id, store_id })
  }
  const connection = await container
    .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    .activeConnection(store_id, connection_id)
  if (!connection.account_id) {
    throw new Error(`Connection ${connection_id} is active and has no account.`)
  }
  const { result } = await placeOrderWorkflow(container).run({
    input: {
      order_id,
      store_id,
      account_id: connection.account_id,
      source: "purchase_order",
      connection_id,
      purchase_order: { id, number: body.number },
      fulfilment_method: body.fulfilment_method,
      lines: body.lines.map((line) => ({
        sku: line.sku,
        quantity: line.quantity,
        expected_price: line.unit_price,
        purchase_order_line_id: line.line_id,
      })),
      ship_to: shipTo(body.ship_to),
      note: body.note,
      pickup: body.pickup,
      actor: partnerActor({ connection_id }),
    },
  })
  return result
}

/** Members without a value are left out, as the order's own addresses have it. */
function shipTo(address: DocumentOf<"purchase_order">["body"]["ship_to"]): Address | null {
  return (
    address && {
      ...(Object.fromEntries(
        Object.entries(address).filter(([, value]) => value !== null && value !== undefined)
      ) as Partial<Address>),
      country_code: address.country_code,
    }
  )
}
