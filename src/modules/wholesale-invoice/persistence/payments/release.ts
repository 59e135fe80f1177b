import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../../lib/actor/actor"
import type { Amount } from "../../../../lib/money/amount"
import { subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import type { AllocationKind } from "../../models/payment-allocation"
import type { InvoiceChange } from "../invoices/invoices"
import { changeInvoices, lockInvoices } from "../invoices/invoices"
import { changeSettledCharges } from "../late-charges/late-charges"
import { reverseMirrors } from "../mirrors/plan-mirrors"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"
import type { Allocation, AllocationRow } from "./rows"
import { ALLOCATION_COLUMNS, ALLOCATION_TABLES, toAllocation } from "./rows"

export interface ReleaseInput {
  readonly store_id: string
  readonly account_id: string
  /** The condition on `allocation` that picks what is taken back, and its parameters. */
  readonly which: readonly [sql: string, ...params: unknown[]]
  readonly at: Date
  readonly reason: string
  readonly actor: Actor
}

export interface Released {
  readonly allocations: Allocation[]
  readonly invoices: Invoice[]
  /** Discounts and write-offs that were taken back. */
  readonly postings: Posting[]
}

/**
 * Takes allocations back, each once: their rows stay and say until when they held. Invoices open again by
 * what they lose; a mirror of one that was paid is reversed. The source is locked by the caller.
 *
 * Lock order: invoices by id, mirrors.
 */
export async function releaseAllocations(
  manager: EntityManager,
  input: ReleaseInput
): Promise<Released> {
  const [condition, ...params] = input.which
  const live = (columns: string) => `select ${columns} from ${ALLOCATION_TABLES}
      where ${condition} and allocation.store_id = ? and allocation.reversed_on is null
        and allocation.deleted_at is null`
  const touched = await manager.execute<{ invoice_id: string }[]>(
    live("distinct allocation.invoice_id"),
    [...params, input.store_id]
  )
  if (!touched.length) {
    return { allocations: [], invoices: [], postings: [] }
  }
  const invoices = await lockInvoices(manager, {
    store_id: input.store_id,
    ids: touched.map(({ invoice_id }) => invoice_id),
  })
  const rows = await manager.execute<AllocationRow[]>(
    `with taken as (
       update wholesale_payment_allocation
          set reversed_on = greatest(applied_on, ?::timestamptz), reversal_reason = ?,
              reversal_actor_type = ?, reversal_actor_id = ?, updated_at = now()
        where reversed_on is null and id in (${live("allocation.id")})
    returning *)
     select ${ALLOCATION_COLUMNS} from taken allocation
       join wholesale_invoice invoice on invoice.id = allocation.invoice_id
      order by allocation.id`,
    [input.at.toISOString(), input.reason, input.actor.actor_type, input.actor.actor_id, ...params, input.store_id]
  )
  const allocations = rows.map(toAllocation)
  return {
    allocations,
    invoices: await reopen(manager, invoices, allocations, input),
    postings: allocations.flatMap(({ id, kind, amount }) =>
      kind === "discount" || kind === "write_off"
        ? [{ type: `${kind}_void` as const, id, store_id: input.store_id, account_id: input.account_id, amount }]
        : []
    ),
  }
}

async function reopen(
  manager: EntityManager,
  invoices: readonly Invoice[],
  allocations: readonly Allocation[],
  { at, reason, actor }: ReleaseInput
): Promise<Invoice[]> {
  await changeSettledCharges(
    manager,
    allocations.flatMap(({ late_charge_id, amount }) =>
      late_charge_id ? [{ id: late_charge_id, amount }] : []
    ),
    -1
  )
  const changes = invoices.flatMap((invoice) => {
    const lost = allocations.filter(
      ({ invoice_id, late_charge_id }) => invoice_id === invoice.id && !late_charge_id
    )
    return lost.length ? [changeOf(invoice, lost)] : []
  })
  await reverseMirrors(
    manager,
    changes.map(({ invoice }) => invoice).filter(({ status }) => status === "paid")
  )
  return await changeInvoices(manager, changes, { at, actor, reason })
}

const TOTAL_OF = {
  payment: "paid_total",
  credit_note: "applied_credit_total",
  discount: "discount_total",
  write_off: "written_off_total",
} as const satisfies Record<AllocationKind, string>

function changeOf(invoice: Invoice, lost: readonly Allocation[]): InvoiceChange {
  const amountOf = (kind: AllocationKind): Amount =>
    sumAmounts(
      lost.filter((allocation) => allocation.kind === kind).map(({ amount }) => amount),
      invoice.currency_code
    )
  const less = (kind: AllocationKind) => ({
    [TOTAL_OF[kind]]: subtractAmounts(invoice[TOTAL_OF[kind]], amountOf(kind), invoice.currency_code),
  })
  const { payment_id, credit_note_id } = lost[0]
  return {
    invoice,
    event: "release",
    totals: { ...less("payment"), ...less("credit_note"), ...less("discount"), ...less("write_off") },
    details: {
      ...(payment_id && { payment_id }),
      ...(credit_note_id && { credit_note_id }),
      amount: sumAmounts(
        lost.filter(({ kind }) => kind === "payment" || kind === "credit_note").map(({ amount }) => amount),
        invoice.currency_code
      ),
      discount: amountOf("discount"),
      written_off: amountOf("write_off"),
    },
  }
}

