import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import { creditableOf } from "../../domain/invoice-machine"
import { amountColumns } from "../columns"
import { insertRecords } from "../invoices/invoices"
import type { Allocation, AllocationRow } from "../payments/rows"
import { ALLOCATION_COLUMNS, ALLOCATION_TABLES, toAllocation } from "../payments/rows"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"

interface Reduction {
  /** Under lock. */
  readonly invoice: Invoice
  /** What a note is about to take back of it. */
  readonly amount: Amount
  /** The note's id. */
  readonly operation_id: string
  readonly at: Date
  readonly reason: string
  readonly actor: Actor
}

/**
 * Takes back of an invoice's discounts and residues what belongs to a part of it that is about to be
 * credited, where more is credited than is open: rows stay and say until when they held, smaller ones
 * follow them. So what becomes credit on account is what was paid for that part, and the rest of the
 * invoice keeps its discount. The note that follows in the same transaction closes what this opens.
 *
 * Of 300.00 paid with 294.00 and 6.00 discount, 100.00 is credited: 2.00 of the discount go, 4.00 stay.
 * Where 147.00 were paid with 3.00, 150.00 of the 200.00 that are left are settled: all of it stays.
 */
export async function reduceAllowances(manager: EntityManager, reduction: Reduction): Promise<Posting[]> {
  const { invoice, amount } = reduction
  const allowances = await liveAllowances(manager, invoice)
  const creditable = creditableOf(invoice)
  const settled = MathBN.min(creditable, MathBN.sum(invoice.paid_total, invoice.discount_total, invoice.written_off_total))
  const kept = MathBN.min(settled, MathBN.sub(creditable, amount))
  const reduced = allowances.map((allowance) => ({
    allowance,
    left: roundAmount(MathBN.div(MathBN.mult(allowance.amount, kept), settled), invoice.currency_code),
  }))
  const changed = reduced.filter(({ allowance, left }) => !MathBN.eq(allowance.amount, left))
  if (!changed.length) {
    return []
  }
  await endAllowances(manager, reduction, changed.map(({ allowance }) => allowance.id))
  const following = changed.flatMap(({ allowance, left }) =>
    MathBN.gt(left, 0) ? [recordOf(reduction, allowance, left)] : []
  )
  await insertRecords(manager, "wholesale_payment_allocation", following)
  await lowerTotals(manager, reduction.invoice, changed)
  const of = { store_id: invoice.store_id, account_id: invoice.account_id }
  return [
    ...changed.map(({ allowance: { id, kind, amount: whole } }) => ({ ...of, id, type: `${kind}_void` as const, amount: whole })),
    ...changed.flatMap(({ allowance: { id, kind }, left }) =>
      MathBN.gt(left, 0) ? [{ ...of, id: followingId(id, reduction), type: kind, amount: left }] : []
    ),
  ]
}

type Allowance = Allocation & { readonly kind: "discount" | "write_off" }
type ReducedAllowance = { readonly allowance: Allowance; readonly left: Amount }

async function liveAllowances(manager: EntityManager, { id }: Invoice): Promise<Allowance[]> {
  const rows = await manager.execute<AllocationRow[]>(
    `select ${ALLOCATION_COLUMNS} from ${ALLOCATION_TABLES}
      where allocation.invoice_id = ? and allocation.kind in ('discount', 'write_off')
        and allocation.reversed_on is null and allocation.deleted_at is null
      order by allocation.id`,
    [id]
  )
  return rows
    .map(toAllocation)
    .filter((row): row is Allowance => row.kind === "discount" || row.kind === "write_off")
}

async function endAllowances(
  manager: EntityManager,
  { at, reason, actor }: Reduction,
  ids: readonly string[]
): Promise<void> {
  await manager.execute(
    `update wholesale_payment_allocation
        set reversed_on = greatest(applied_on, ?::timestamptz), reversal_reason = ?,
            reversal_actor_type = ?, reversal_actor_id = ?, updated_at = now()
      where id in (select json_array_elements_text(?::json))`,
    [at.toISOString(), reason, actor.actor_type, actor.actor_id, JSON.stringify(ids)]
  )
}

const followingId = (allowanceId: string, { operation_id }: Reduction) =>
  derivedId("whpayal", allowanceId, operation_id)

function recordOf(reduction: Reduction, allowance: Allowance, amount: Amount): Record<string, unknown> {
  const { invoice, operation_id, at, actor } = reduction
  return {
    id: followingId(allowance.id, reduction),
    store_id: invoice.store_id,
    account_id: invoice.account_id,
    operation_id,
    kind: allowance.kind,
    payment_id: allowance.payment_id,
    credit_note_id: allowance.credit_note_id,
    invoice_id: invoice.id,
    ...amountColumns({ amount }),
    applied_on: (at > allowance.applied_on ? at : allowance.applied_on).toISOString(),
    reason: allowance.reason,
    actor_type: actor.actor_type,
    actor_id: actor.actor_id,
  }
}

/** The status follows with the note. */
async function lowerTotals(
  manager: EntityManager,
  invoice: Invoice,
  reduced: readonly ReducedAllowance[]
): Promise<void> {
  const lower = (kind: Allowance["kind"], total: Amount) =>
    subtractAmounts(
      total,
      sumAmounts(
        reduced.flatMap(({ allowance, left }) =>
          allowance.kind === kind ? [subtractAmounts(allowance.amount, left, invoice.currency_code)] : []
        ),
        invoice.currency_code
      ),
      invoice.currency_code
    )
  const columns = amountColumns({
    discount_total: lower("discount", invoice.discount_total),
    written_off_total: lower("write_off", invoice.written_off_total),
  })
  await manager.execute(
    `update wholesale_invoice invoice
        set ${Object.keys(columns).map((column) => `${column} = lower.${column}`).join(", ")}, updated_at = now()
       from json_populate_record(null::wholesale_invoice, ?::json) lower
      where invoice.id = ?`,
    [JSON.stringify(columns), invoice.id]
  )
}
