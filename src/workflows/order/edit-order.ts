import type { MedusaContainer } from "@medusajs/framework/types"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import type { Amount } from "../../lib/money/amount"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { assertEditable } from "../../modules/wholesale-order/domain/assert-editable"
import { editLines, type KeptQuantity } from "../../modules/wholesale-order/domain/edit-lines"
import type { DraftLine } from "../../modules/wholesale-order/persistence/drafts"
import type { OrderDocument } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { pastDueOf } from "../credit/past-due"
import { showHolds } from "../credit/show-holds"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { freeShipping } from "./order-charges"
import { effectKey, orderReference } from "./order-keys"
import { timeOf, type OrderVerbInput } from "./order-verb"
import { priceOrderLines, type AskedLine } from "./price-order-lines"
import { refusing } from "./refusing"
import { reservationKey } from "./reservation-key"
import { beginOperationStep } from "./steps/begin-operation"
import { taxAddress } from "./tax-address"

/** A line the order has, in its new quantity, or one that is added at today's price or one agreed by hand. */
export type EditedLine = KeptQuantity | Pick<AskedLine, "sku" | "quantity" | "unit_price">

export interface EditOrderInput extends OrderVerbInput {
  /** All lines that the order is to have; one it has and that is not among them is taken out. */
  readonly lines: readonly EditedLine[]
  readonly reason?: string
}

/** What the intent says: with its prices, so that a later attempt comes to the same amount. */
interface EditPayload {
  readonly kept: readonly KeptQuantity[]
  readonly added: readonly DraftLine[]
  /** Net amount of the goods from which shipping is free for the account; null for never. */
  readonly free_shipping_from: Amount | null
  readonly reason?: string
  readonly actor: Actor
  readonly at?: string
}

interface EditStepInput {
  readonly id: string
  readonly store_id: string
  readonly operation_id: string
}

/** Prices what is added; an edit that was begun has its prices. */
const priceEditStep = createStep(
  "wholesale-price-order-edit",
  async ({ id, store_id, operation_id, lines, reason, actor, at }: EditOrderInput, { container }) => {
    const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    const begun = operation_id && (await orders.latestAttempt({ id: operation_id, store_id }))
    if (begun && begun.order_id === id && begun.status !== "refused") {
      return new StepResponse(payloadOf(begun))
    }
    const order = await orders.retrieveOrder({ id, store_id })
    assertEditable(order)
    const kept = lines.flatMap((line) => ("line_id" in line ? [line] : []))
    const added = await priceAdded(container, order, lines.flatMap((line) => ("sku" in line ? [line] : [])))
    const free_shipping_from = await freeShippingOf(container, order)
    editLines(order, kept, added, free_shipping_from)
    return new StepResponse<EditPayload>({ kept, added, free_shipping_from, reason, actor, at })
  }
)

const editOrderStep = createStep("wholesale-edit-order", async (input: EditStepInput, { container }) => {
  const { id, store_id, operation_id } = input
  const orders = container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
  const operation = await orders.retrieveWholesaleOrderOperation(operation_id)
  const edit = payloadOf(operation)
  if (operation.status !== "done") {
    await refusing(container, input, () => amendCredit(container, input, edit))
  }
  const { at, ...changes } = edit
  await orders.editOrder({ ...changes, id, store_id, operation_id, at: timeOf(at) })
  await showHolds(container, { store_id, order_ids: [id], actor: edit.actor })
  return new StepResponse(await orders.retrieveOrder({ id, store_id }))
})

/**
 * Gives a pending order other lines. Its credit follows: more is asked for as a new order would, and may make
 * it wait; less is always granted, lets it go on where that is enough, and makes room for others.
 *
 * @throws WholesaleError 409 `order_follows_purchase_order`, `nothing_to_edit`, `credit_limit_exceeded` (the
 * order stays what it was), `not_allowed`, `operation_in_progress`; 400 `unknown_order_line`,
 * `order_without_lines`; and as `priceOrderLines`; 404
 */
export const editOrderWorkflow = createWorkflow("wholesale-edit-order", (input: WorkflowData<EditOrderInput>) => {
  const payload = priceEditStep(input)
  const operation = beginOperationStep(
    transform({ input, payload }, (data) => ({
      id: data.input.operation_id,
      store_id: data.input.store_id,
      order_id: data.input.id,
      verb: "edit",
      payload: { ...data.payload },
    }))
  )
  const order = editOrderStep(
    transform({ input, operation }, (data) => ({
      id: data.input.id,
      store_id: data.input.store_id,
      operation_id: data.operation.id,
    }))
  )
  recheckCreditStep(
    transform({ order, input }, (data) => ({
      store_id: data.input.store_id,
      account_id: data.order.account_id,
      actor: data.input.actor,
    }))
  )
  return new WorkflowResponse(order)
})

async function priceAdded(
  container: MedusaContainer,
  { store_id, currency_code, ship_to, tax_exemption }: OrderDocument,
  lines: readonly AskedLine[]
): Promise<DraftLine[]> {
  if (lines.length === 0) {
    return []
  }
  return await priceOrderLines(container, {
    store_id,
    currency_code,
    ship_to: taxAddress(ship_to, ship_to.country_code ?? ""),
    lines,
    by_distributor: true,
    exemption: tax_exemption ?? undefined,
  })
}

/** As the account's price tier is now: what a new order would get. */
async function freeShippingOf(
  container: MedusaContainer,
  { store_id, account_id, currency_code }: OrderDocument
): Promise<Amount | null> {
  const { price_tier_id } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store_id, account_id)
  const free = await freeShipping(container, { store_id, price_tier_id })
  return free?.currency_code === currency_code ? free.from : null
}

async function amendCredit(
  container: MedusaContainer,
  { id, store_id, operation_id }: EditStepInput,
  { kept, added, free_shipping_from, reason, actor }: EditPayload
): Promise<void> {
  const order = await container.resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER).retrieveOrder({ id, store_id })
  assertEditable(order)
  const { totals } = editLines(order, kept, added, free_shipping_from)
  const { account_id } = order
  const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
  await credit.amend({
    store_id,
    account_id,
    key: effectKey(operation_id, "amend"),
    reservation_key: await reservationKey(container, { id, store_id }),
    amount: totals.total,
    prepaid: order.terms.type === "prepaid",
    past_due: await pastDueOf(container, { store_id, account_id }),
    reference: orderReference(id),
    reason,
    actor,
  })
}

/** An intent's payload is what this verb put into it. */
function payloadOf({ payload }: { readonly payload: Readonly<Record<string, unknown>> }): EditPayload {
  return payload as Partial<EditPayload> as EditPayload
}
