import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR } from "../../../../lib/actor/actor"
import { addDays, daysBetween, startOfDay } from "../../../../lib/calendar/days"
import { derivedId } from "../../../../lib/ids/derived-id"
import type { Amount } from "../../../../lib/money/amount"
import { insertRecordsSql } from "../../../../lib/sql/insert-records"
import type { KeyPage } from "../../../../lib/sql/key-page"
import { lateInterest } from "../../domain/late-interest"
import type { LateChargeKind } from "../../models/late-charge"
import type { OfStore } from "../invoices/invoices"
import { lockInvoice } from "../invoices/invoices"
import { chargeLate, lateChargesOf } from "../late-charges/late-charges"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"
import type { DunningLevel } from "./levels"
import { dunningLevels } from "./levels"

export interface Dunned {
  /** Null where no level is new: it was paid, or somebody else did it. */
  readonly level: number | null
  readonly postings: Posting[]
}

/**
 * Open invoices of all stores that have reached a level of which no notice stands. Reads by the index of
 * open invoices; a store without levels has none.
 */
export async function invoicesToDun(
  manager: EntityManager,
  { limit, after = "", now = new Date() }: KeyPage & { readonly now?: Date }
): Promise<OfStore[]> {
  return await manager.execute<OfStore[]>(
    `select invoice.id, invoice.store_id
       from wholesale_invoice invoice
      cross join lateral (
        select max(level) as level from wholesale_dunning_level level
         where level.store_id = invoice.store_id and level.deleted_at is null
           and invoice.due_at < ?::timestamptz - make_interval(days => level.days_late)) reached
      where invoice.status in ('issued', 'partially_paid') and invoice.deleted_at is null
        and invoice.store_id in (select store_id from wholesale_dunning_level where deleted_at is null)
        and reached.level is not null and invoice.id > ?
        and not exists (select from wholesale_dunning_notice notice
                         where notice.invoice_id = invoice.id and notice.level >= reached.level
                           and notice.deleted_at is null)
      order by invoice.id limit ?`,
    [addDays(startOfDay(now), 1).toISOString(), after, limit]
  )
}

/**
 * Takes an invoice to the highest level it has reached, once: its notice is due, its fee and the interest
 * since it was due, or since interest was charged last, become late charges. Levels that were passed
 * meanwhile are left out, so that nobody is reminded twice on one day.
 *
 * Lock order: invoice.
 *
 * @throws WholesaleError 404
 */
export async function dunInvoice(
  manager: EntityManager,
  { store_id, id, now = new Date() }: OfStore & { readonly now?: Date }
): Promise<Dunned> {
  const invoice = await lockInvoice(manager, { store_id, id })
  const late = daysBetween(invoice.due_at, now)
  const level = (await dunningLevels(manager, { store_id })).filter(({ days_late }) => days_late <= late).at(-1)
  if (!level || MathBN.eq(invoice.outstanding, 0) || !(await noteLevel(manager, invoice, level, late, now))) {
    return { level: null, postings: [] }
  }
  const charges: [LateChargeKind, Amount][] = [
    ["fee", level.currency_code === invoice.currency_code ? (level.fee ?? "0") : "0"],
    ["interest", await interestSince(manager, invoice, level, now)],
  ]
  const postings: Posting[] = []
  for (const [kind, amount] of charges.filter((charge) => MathBN.gt(charge[1], 0))) {
    const charged = await chargeLate(manager, {
      id: derivedId("whlate", invoice.id, String(level.level), kind),
      store_id,
      invoice_id: invoice.id,
      kind,
      amount,
      reason: `${late} days late`,
      charged_at: now,
      actor: SYSTEM_ACTOR,
    })
    postings.push(...charged.postings)
  }
  return { level: level.level, postings }
}

/** @returns whether the level, or a higher one, was not noted before */
async function noteLevel(
  manager: EntityManager,
  invoice: Invoice,
  { level }: DunningLevel,
  days_late: number,
  now: Date
): Promise<boolean> {
  const [known] = await manager.execute<{ level: number }[]>(
    `select level from wholesale_dunning_notice
      where invoice_id = ? and level >= ? and deleted_at is null limit 1`,
    [invoice.id, level]
  )
  if (known) {
    return false
  }
  const record = {
    id: derivedId("whdun", invoice.id, String(level)),
    store_id: invoice.store_id,
    account_id: invoice.account_id,
    invoice_id: invoice.id,
    level,
    days_late,
    reached_at: now.toISOString(),
    notice_due_at: now.toISOString(),
    notice_attempts: 0,
  }
  await manager.execute(insertRecordsSql("wholesale_dunning_notice", Object.keys(record)), [JSON.stringify([record])])
  return true
}

async function interestSince(
  manager: EntityManager,
  invoice: Invoice,
  { interest_percent: percent }: DunningLevel,
  now: Date
): Promise<Amount> {
  if (percent === null) {
    return "0"
  }
  const charged = (await lateChargesOf(manager, invoice)).filter(
    ({ kind, voided_at }) => kind === "interest" && !voided_at
  )
  return lateInterest({
    amount: invoice.outstanding,
    currency_code: invoice.currency_code,
    percent,
    from: charged.at(-1)?.charged_at ?? invoice.due_at,
    to: now,
  })
}
