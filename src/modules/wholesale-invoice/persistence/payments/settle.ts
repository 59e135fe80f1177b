import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { sumAmounts } from "../../../../lib/money/amount"
import type { PlannedSettlement } from "../../domain/allocation-plan"
import type { AllocationKind } from "../../models/payment-allocation"
import { amountColumns } from "../columns"
import type { InvoiceChange } from "../invoices/invoices"
import { changeInvoices, insertRecords } from "../invoices/invoices"
import { changeSettledCharges } from "../late-charges/late-charges"
import { planMirrors } from "../mirrors/plan-mirrors"
import type { Invoice } from "../rows"
import type { CreditSource } from "./credit-source"
import { sourceColumns } from "./credit-source"
import type { LockedItem } from "./open-items"
import { latest } from "./open-items"

export interface SettleInput {
  readonly operation_id: string
  /** Under lock. */
  readonly source: CreditSource
  /** Under lock, each settlement's among them. */
  readonly items: readonly LockedItem[]
  readonly settlements: readonly PlannedSettlement[]
  /** Up to which a residue is written off. */
  readonly write_off_tolerance: Amount | null
  readonly at: Date
  readonly actor: Actor
}

/**
 * Writes what a plan says: allocations, the late charges' and invoices' totals and statuses, history, and
 * the mirrors of what became paid. A few statements for any number of invoices.
 *
 * @returns the invoices that changed
 */
export async function settle(manager: EntityManager, input: SettleInput): Promise<Invoice[]> {
  const itemOf = new Map(input.items.map((item) => [item.invoice_id, item]))
  const settled = input.settlements.flatMap((settlement) => {
    const item = itemOf.get(settlement.invoice_id)
    return item ? [{ settlement, item }] : []
  })
  await insertRecords(
    manager,
    "wholesale_payment_allocation",
    settled.flatMap(({ settlement, item }) => allocationRecords(input, settlement, item))
  )
  await changeSettledCharges(manager, settled.flatMap(({ settlement }) => settlement.charges), 1)
  const before = settled.filter(({ settlement }) => MathBN.gt(settlement.paid, 0))
  const invoices = await changeInvoices(
    manager,
    before.map(({ settlement, item }) => changeOf(input.source, settlement, item.invoice)),
    { at: input.at, actor: input.actor }
  )
  await planMirrors(manager, invoices.filter(({ status }) => status === "paid"))
  return invoices
}

/** The kind of an allocation of this source's money to an invoice. */
export function moneyKind(source: CreditSource, invoiceId: string): "payment" | "credit_note" {
  return source.own_invoice_id === invoiceId ? "credit_note" : "payment"
}

function changeOf(
  source: CreditSource,
  { paid, discount, written_off }: PlannedSettlement,
  invoice: Invoice
): InvoiceChange {
  const plus = (total: Amount, amount: Amount) => sumAmounts([total, amount], invoice.currency_code)
  const own = moneyKind(source, invoice.id) === "credit_note"
  return {
    invoice,
    event: own ? "credit" : "pay",
    totals: {
      ...(own
        ? { applied_credit_total: plus(invoice.applied_credit_total, paid) }
        : { paid_total: plus(invoice.paid_total, paid) }),
      discount_total: plus(invoice.discount_total, discount),
      written_off_total: plus(invoice.written_off_total, written_off),
    },
    details: { [`${source.type}_id`]: source.id, amount: paid, discount, written_off },
  }
}

function allocationRecords(
  { operation_id, source, at, actor, write_off_tolerance }: SettleInput,
  settlement: PlannedSettlement,
  item: LockedItem
): Record<string, unknown>[] {
  const { invoice_id } = settlement
  const chargedAt = new Map(item.charges.map(({ id, charged_at }) => [id, charged_at]))
  const record = (
    kind: AllocationKind,
    amount: Amount,
    { late_charge_id = null, reason = null }: { late_charge_id?: string | null; reason?: string | null } = {}
  ) =>
    MathBN.gt(amount, 0)
      ? [
          {
            id: derivedId("whpayal", operation_id, invoice_id, kind, late_charge_id ?? ""),
            store_id: source.store_id,
            account_id: source.account_id,
            operation_id,
            kind,
            ...sourceColumns(source),
            invoice_id,
            late_charge_id,
            ...amountColumns({ amount }),
            applied_on: latest(
              at,
              source.free_since,
              item.free_since,
              chargedAt.get(late_charge_id ?? "") ?? item.free_since
            ).toISOString(),
            reason,
            actor_type: actor.actor_type,
            actor_id: actor.actor_id,
          },
        ]
      : []
  return [
    ...record(moneyKind(source, invoice_id), settlement.paid),
    ...record("discount", settlement.discount),
    ...record("write_off", settlement.written_off, { reason: `Within the tolerance of ${write_off_tolerance}` }),
    ...settlement.charges.flatMap((charge) => record("payment", charge.amount, { late_charge_id: charge.id })),
  ]
}
