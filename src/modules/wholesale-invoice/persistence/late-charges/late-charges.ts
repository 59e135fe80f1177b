import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../../lib/errors/wholesale-error"
import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts } from "../../../../lib/money/amount"
import { insertRecordsSql } from "../../../../lib/sql/insert-records"
import { eventNotAllowed } from "../../../../lib/state-machine/state-machine"
import { positiveAmount } from "../../../../lib/money/exact-amount"
import type { LateChargeKind } from "../../models/late-charge"
import type { Row } from "../columns"
import { amountColumns, toDate } from "../columns"
import type { OfStore } from "../invoices/invoices"
import { lockInvoice } from "../invoices/invoices"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"

export interface LateCharge {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly invoice_id: string
  readonly kind: LateChargeKind
  readonly amount: Amount
  readonly settled_total: Amount
  readonly outstanding: Amount
  readonly currency_code: string
  readonly reason: string | null
  readonly charged_at: Date
  readonly voided_at: Date | null
  readonly void_reason: string | null
  readonly void_actor_type: string | null
  readonly void_actor_id: string | null
}

type LateChargeRow = Row<
  Omit<LateCharge, "outstanding">,
  "amount" | "settled_total",
  "charged_at" | "voided_at"
>

export interface ChargeLateInput {
  /** Makes the charge once, however often it is asked for. */
  readonly id?: string
  readonly store_id: string
  readonly invoice_id: string
  readonly kind: LateChargeKind
  /** In the invoice's currency. */
  readonly amount: Amount
  readonly reason?: string
  readonly charged_at?: Date
  readonly actor: Actor
}

/**
 * Charges a fee or interest on an invoice: a receivable of its own, which leaves the invoice's figures
 * alone. The same id again answers the charge it made.
 *
 * @throws WholesaleError 409 `not_allowed` on a void invoice; 409 `late_charge_id_reused`;
 * 400 `invalid_amount`; 404
 */
export async function chargeLate(
  manager: EntityManager,
  input: ChargeLateInput
): Promise<{ late_charge: LateCharge; postings: Posting[] }> {
  const invoice = await lockInvoice(manager, { store_id: input.store_id, id: input.invoice_id })
  const amount = positiveAmount(input.amount, invoice.currency_code)
  if (invoice.status === "void") {
    throw eventNotAllowed({
      document: "Invoice",
      id: invoice.id,
      number: invoice.number,
      status: invoice.status,
      event: "charge",
      allowedEvents: [],
    })
  }
  const record = {
    id: input.id ?? generateEntityId(undefined, "whlate"),
    store_id: invoice.store_id,
    account_id: invoice.account_id,
    invoice_id: invoice.id,
    kind: input.kind,
    ...amountColumns({ amount, settled_total: "0" }),
    currency_code: invoice.currency_code,
    reason: input.reason ?? null,
    charged_at: (input.charged_at ?? new Date()).toISOString(),
    actor_type: input.actor.actor_type,
    actor_id: input.actor.actor_id,
  }
  await manager.execute(
    insertRecordsSql("wholesale_late_charge", Object.keys(record), { onConflictDoNothing: true }),
    [JSON.stringify([record])]
  )
  const charge = await readCharge(manager, { store_id: input.store_id, id: record.id })
  if (charge.invoice_id !== invoice.id || charge.kind !== input.kind || !MathBN.eq(charge.amount, amount)) {
    throw new WholesaleError(
      409,
      "late_charge_id_reused",
      `Late charge ${charge.id} is made already, over something else; use a new id.`,
      { late_charge_id: charge.id, invoice_id: charge.invoice_id, amount: charge.amount }
    )
  }
  return { late_charge: charge, postings: [postingOf("late_charge", charge)] }
}

/**
 * Takes a late charge back that nothing was paid of, once.
 *
 * @throws WholesaleError 409 `late_charge_settled` with the figures: what was paid of it is unallocated
 * first; 404
 */
export async function voidLateCharge(
  manager: EntityManager,
  { store_id, id, reason, at = new Date(), actor }: OfStore & {
    readonly reason: string
    readonly at?: Date
    readonly actor: Actor
  }
): Promise<{ late_charge: LateCharge; postings: Posting[] }> {
  const { invoice_id } = await readCharge(manager, { store_id, id })
  await lockInvoice(manager, { store_id, id: invoice_id })
  const charge = await readCharge(manager, { store_id, id })
  if (MathBN.gt(charge.settled_total, 0)) {
    throw new WholesaleError(
      409,
      "late_charge_settled",
      `${charge.settled_total} of the ${charge.kind} of ${charge.amount} is paid; take that payment off it first.`,
      { late_charge_id: id, amount: charge.amount, settled_total: charge.settled_total }
    )
  }
  if (!charge.voided_at) {
    await manager.execute(
      `update wholesale_late_charge
          set voided_at = greatest(charged_at, ?::timestamptz), void_reason = ?,
              void_actor_type = ?, void_actor_id = ?, updated_at = now()
        where id = ?`,
      [at.toISOString(), reason, actor.actor_type, actor.actor_id, id]
    )
  }
  const voided = await readCharge(manager, { store_id, id })
  return { late_charge: voided, postings: [postingOf("late_charge_void", voided)] }
}

/** The late charges of an invoice, in the order in which they were made. */
export async function lateChargesOf(
  manager: EntityManager,
  invoice: { readonly id: string }
): Promise<LateCharge[]> {
  const rows = await manager.execute<LateChargeRow[]>(
    `select * from wholesale_late_charge
      where invoice_id = ? and deleted_at is null order by charged_at, id`,
    [invoice.id]
  )
  return rows.map(toLateCharge)
}

/** Moves what is settled of late charges, whose invoices are locked. One statement for all of them. */
export async function changeSettledCharges(
  manager: EntityManager,
  settled: readonly { readonly id: string; readonly amount: Amount }[],
  sign: 1 | -1
): Promise<void> {
  if (settled.length) {
    await manager.execute(
      `update wholesale_late_charge charge
          set settled_total = charge.settled_total + moved.amount,
              raw_settled_total = jsonb_build_object(
                'value', (charge.settled_total + moved.amount)::text, 'precision', 20),
              updated_at = now()
         from (select id, sum(amount) * ? as amount
                 from json_to_recordset(?::json) as part(id text, amount numeric) group by id) moved
        where charge.id = moved.id`,
      [sign, JSON.stringify(settled)]
    )
  }
}

/** @throws WholesaleError 409 `invoice_has_late_charges` where some are not voided */
export async function assertNoLateCharges(manager: EntityManager, invoice: Invoice): Promise<void> {
  const standing = (await lateChargesOf(manager, invoice)).filter(({ voided_at }) => !voided_at)
  if (standing.length) {
    throw new WholesaleError(
      409,
      "invoice_has_late_charges",
      `Invoice ${invoice.number} has late charges that stand; void them first.`,
      { invoice_id: invoice.id, late_charge_ids: standing.map(({ id }) => id) }
    )
  }
}

async function readCharge(manager: EntityManager, { store_id, id }: OfStore): Promise<LateCharge> {
  const [row] = await manager.execute<LateChargeRow[]>(
    `select * from wholesale_late_charge where id = ? and store_id = ? and deleted_at is null`,
    [id, store_id]
  )
  if (!row) {
    throw notFound("Late charge", id)
  }
  return toLateCharge(row)
}

function postingOf(
  type: "late_charge" | "late_charge_void",
  { id, store_id, account_id, amount }: LateCharge
): Posting {
  return { type, id, store_id, account_id, amount }
}

function toLateCharge(row: LateChargeRow): LateCharge {
  const { currency_code } = row
  const amount = roundAmount(row.raw_amount.value, currency_code)
  const settled_total = roundAmount(row.raw_settled_total.value, currency_code)
  return {
    id: row.id,
    store_id: row.store_id,
    account_id: row.account_id,
    invoice_id: row.invoice_id,
    kind: row.kind,
    amount,
    settled_total,
    outstanding: row.voided_at ? roundAmount(0, currency_code) : subtractAmounts(amount, settled_total, currency_code),
    currency_code,
    reason: row.reason,
    charged_at: new Date(row.charged_at),
    voided_at: toDate(row.voided_at),
    void_reason: row.void_reason,
    void_actor_type: row.void_actor_type,
    void_actor_id: row.void_actor_id,
  }
}
