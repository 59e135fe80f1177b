import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../lib/money/amount"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import type { AmountFigures } from "../../modules/wholesale-credit/domain/credit-check"
import type { CreditHold } from "../../modules/wholesale-credit/holds/rows"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import { splitOrderLines, unitsThatFit, type OrderPart } from "../../modules/wholesale-order/domain/split-lines"
import type { Order, OrderLine } from "../../modules/wholesale-order/persistence/rows"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"
import { amountNumber } from "./amounts"

/**
 * What goes on and what waits where an order is split for an amount, and what the exposure would be then: for
 * people to read before they decide. Without an amount it is what the lines that hold the order leave room for. The
 * decision checks anew, under its locks.
 *
 * @throws WholesaleError 404; 409 `nothing_to_split`, `nothing_fits`
 */
export async function orderSplitPreview(
  container: MedusaContainer,
  storeId: string,
  id: string,
  asked: Amount | undefined
) {
  const order = await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .retrieveOrder({ id, store_id: storeId })
  const [waiting] = await container
    .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    .waitingOrders({ store_id: storeId, order_ids: [id] })
  const rules = (waiting?.holds ?? []).filter(isOfAmounts)
  const amount = asked ?? roomFor(order, rules)
  const { parent, child } = splitOrderLines(order, unitsThatFit(order, amount))
  return {
    amount: amountNumber(amount),
    goes_on: partView(parent, order.lines),
    waits: partView(child, order.lines),
    ...exposureWith(parent.total, rules, order.currency_code),
  }
}

type HoldOfAmounts = CreditHold & { readonly figures: AmountFigures }

function isOfAmounts(hold: CreditHold): hold is HoldOfAmounts {
  return "exposure_after" in hold.figures
}

/** The most that stays within every line that holds the order; all of it where none does. */
function roomFor(
  { total, currency_code }: Pick<Order, "total" | "currency_code">,
  rules: readonly HoldOfAmounts[]
): Amount {
  const rooms = rules.map(({ figures }) => subtractAmounts(figures.threshold, figures.exposure, currency_code))
  const least = rooms.reduce((left, right) => (MathBN.lt(left, right) ? left : right), total)
  return MathBN.lt(least, 0) ? roundAmount(0, currency_code) : least
}

function partView({ lines, total }: OrderPart, orderLines: readonly OrderLine[]) {
  const known = new Map(orderLines.map((line) => [line.id, line]))
  return {
    total: amountNumber(total),
    quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    lines: lines.map(({ line_id, quantity }) => {
      const line = known.get(line_id)
      return { line_id, sku: line?.sku ?? null, title: line?.title ?? null, quantity }
    }),
  }
}

/** By the figures that hold the order, the account's own before its group's; null where no rule of amounts does. */
function exposureWith(total: Amount, rules: readonly HoldOfAmounts[], currencyCode: string) {
  const after = ({ figures }: HoldOfAmounts) => sumAmounts([figures.exposure, total], currencyCode)
  const shown = rules.find(({ basis }) => basis === "account") ?? rules.at(0)
  return {
    exposure_after: shown ? amountNumber(after(shown)) : null,
    is_beyond_hard_line: rules.some(
      (rule) => rule.kind === "hard" && MathBN.gt(after(rule), rule.figures.threshold)
    ),
  }
}
