import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import type { AllocationStrategy, Choice } from "../../domain/allocation-plan"
import { openInAll, planAllocation } from "../../domain/allocation-plan"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import { assertAllowed, lockInvoices } from "../invoices/invoices"
import type { Invoice } from "../rows"
import type { CreditSource } from "./credit-source"
import type { LockedItem } from "./open-items"
import { isOpen, itemsOf, lockOpenItems } from "./open-items"
import { settlementRules } from "./settings"
import { settle } from "./settle"

export interface PutInput {
  readonly operation_id: string
  /** Under lock. */
  readonly source: CreditSource
  readonly strategy: AllocationStrategy
  readonly choices: readonly Choice[]
  /** When it takes effect, at the earliest. */
  readonly at: Date
  readonly actor: Actor
}

/**
 * Puts what is unapplied of a locked source to invoices, which are locked in the order of their ids.
 * Discounts go by the day on which the money came; a credit note takes none.
 *
 * @returns the invoices that changed
 * @throws WholesaleError 409 `payment_exceeds_outstanding` with the figures; 409 `not_allowed` for an
 * invoice on which nothing is open; 409 `allocation_exceeds_unapplied`; 409 `account_mismatch`;
 * 400 `invalid_amount`; 404
 */
export async function put(manager: EntityManager, input: PutInput): Promise<Invoice[]> {
  const { source, strategy, choices } = input
  const { store_id, account_id, currency_code } = source
  if (strategy === "unapplied") {
    return []
  }
  const items =
    strategy === "by_choice"
      ? await chosenItems(manager, source, choices)
      : await lockOpenItems(manager, { store_id, account_id, currency_code })
  const rules = await settlementRules(manager, { store_id, account_id, currency_code })
  const { settlements } = planAllocation({
    currency_code,
    amount: source.unapplied,
    items,
    strategy,
    choices,
    paid_on: source.type === "payment" ? source.dated_at : null,
    ...rules,
  })
  return await settle(manager, { ...input, ...rules, items, settlements })
}

/** Choices as they are kept and compared: exact amounts, each invoice once, in the order of their ids. */
export function choicesOf(choices: readonly Choice[], currencyCode: string): Choice[] {
  const invoices = new Set(choices.map(({ invoice_id }) => invoice_id))
  if (invoices.size < choices.length) {
    throw new WholesaleError(400, "invoice_named_twice", "Each invoice is named once.", {
      field: "allocations",
    })
  }
  return choices
    .map(({ invoice_id, amount }) => ({ invoice_id, amount: positiveAmount(amount, currencyCode) }))
    .sort((left, right) => (left.invoice_id < right.invoice_id ? -1 : 1))
}

async function chosenItems(
  manager: EntityManager,
  source: CreditSource,
  choices: readonly Choice[]
): Promise<LockedItem[]> {
  const invoices = await lockInvoices(manager, {
    store_id: source.store_id,
    ids: choices.map(({ invoice_id }) => invoice_id),
  })
  const items = await itemsOf(manager, invoices)
  for (const { invoice_id, amount } of choices) {
    const item = items.find((each) => each.invoice_id === invoice_id)
    if (item) {
      assertPayable(source, item, amount)
    }
  }
  const asked = sumAmounts(choices.map(({ amount }) => amount), source.currency_code)
  if (MathBN.gt(asked, source.unapplied)) {
    throw exceedsUnapplied(source, asked)
  }
  return items
}

function assertPayable(source: CreditSource, item: LockedItem, amount: Amount): void {
  const { invoice } = item
  if (invoice.account_id !== source.account_id || invoice.currency_code !== source.currency_code) {
    throw new WholesaleError(
      409,
      "account_mismatch",
      `Invoice ${invoice.number} is another account's or in another currency than ${source.label}: choose one of its account in ${source.currency_code.toUpperCase()}.`,
      { invoice_id: invoice.id, number: invoice.number, [`${source.type}_id`]: source.id }
    )
  }
  if (!isOpen(item)) {
    assertAllowed(invoice, "pay")
  }
  const open = openInAll(item, invoice.currency_code)
  if (MathBN.gt(amount, open)) {
    throw exceedsOutstanding(invoice, open, amount)
  }
}

function exceedsUnapplied(source: CreditSource, asked: Amount): WholesaleError {
  const { currency_code, unapplied, label } = source
  return new WholesaleError(
    409,
    "allocation_exceeds_unapplied",
    `${asked} is more than the ${unapplied} ${currency_code.toUpperCase()} that ${label} leaves unapplied.`,
    {
      [`${source.type}_id`]: source.id,
      currency_code,
      unapplied,
      amount: asked,
      over_by: subtractAmounts(asked, unapplied, currency_code),
    }
  )
}

function exceedsOutstanding(invoice: Invoice, open: Amount, amount: Amount): WholesaleError {
  const currency = invoice.currency_code
  return new WholesaleError(
    409,
    "payment_exceeds_outstanding",
    `A payment of ${amount} is more than the ${open} ${currency.toUpperCase()} ` +
      `outstanding on invoice ${invoice.number}.`,
    {
      invoice_id: invoice.id,
      number: invoice.number,
      currency_code: currency,
      total: invoice.total,
      paid_total: invoice.paid_total,
      credited_total: invoice.credited_total,
      outstanding: open,
      amount: roundAmount(amount, currency),
      over_by: subtractAmounts(amount, open, currency),
    }
  )
}
