import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Amount } from "../../../../lib/money/amount"
import { roundAmount, subtractAmounts, sumAmounts } from "../../../../lib/money/amount"
import { discountUntil } from "../../../../lib/terms/payment-terms"
import type { OpenCharge, OpenItem } from "../../domain/allocation-plan"
import { openInAll } from "../../domain/allocation-plan"
import { payableWithDiscount } from "../../domain/early-payment-discount"
import type { LateChargeKind } from "../../models/late-charge"
import type { RawAmount } from "../columns"
import type { Invoice, InvoiceRow } from "../rows"
import { INVOICE_COLUMNS, OUTSTANDING, toInvoice } from "../rows"
import type { Page } from "../paging"

/** An invoice under lock with what a payment may settle of it. */
export interface LockedItem extends OpenItem {
  readonly invoice: Invoice
  /** Before this nothing new settles it: it was issued, or something was taken back from it. */
  readonly free_since: Date
}

/**
 * Every invoice of the account in the currency of which something is open, itself or a late charge,
 * locked in the order of their ids.
 */
export async function lockOpenItems(manager: EntityManager, of: ItemsOfAccount): Promise<LockedItem[]> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} ${OPEN_ITEMS} order by id for update`,
    openParams(of)
  )
  return await itemsOf(manager, rows.map(toInvoice))
}

interface ItemsOfAccount {
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
}

const OPEN_ITEMS = `from wholesale_invoice invoice
      where account_id = ? and store_id = ? and currency_code = ? and deleted_at is null
        and (status in ('issued', 'partially_paid')
             or id in (select charge.invoice_id from wholesale_late_charge charge
                        where charge.account_id = ? and charge.settled_total < charge.amount
                          and charge.voided_at is null and charge.deleted_at is null))`

const openParams = ({ account_id, store_id, currency_code }: ItemsOfAccount) => [
  account_id,
  store_id,
  currency_code,
  account_id,
]

/** An invoice that a payment can settle, as people choose it. */
export interface PayableItem {
  readonly invoice: Invoice
  readonly late_charges: Amount
  /** The invoice with its late charges. */
  readonly open: Amount
  /** What pays the invoice until a day, where a discount may be taken. */
  readonly early: { readonly payable: Amount; readonly until: Date } | null
}

/** A page of what is open of an account, what is due first at the top; nothing is locked. */
export async function openItems(
  manager: EntityManager,
  of: ItemsOfAccount,
  { limit = 50, offset = 0 }: Pick<Page, "limit" | "offset"> = {}
): Promise<{ items: PayableItem[]; count: number; open_total: Amount }> {
  const rows = await manager.execute<InvoiceRow[]>(
    `select ${INVOICE_COLUMNS} ${OPEN_ITEMS} order by due_at, issued_at, number limit ? offset ?`,
    [...openParams(of), limit, offset]
  )
  const [{ count, open }] = await manager.execute<[{ count: number; open: string }]>(
    `select count(*)::int as count,
            coalesce(sum(${OUTSTANDING}
              + coalesce((select sum(charge.amount - charge.settled_total) from wholesale_late_charge charge
                           where charge.invoice_id = invoice.id and charge.voided_at is null
                             and charge.deleted_at is null), 0)), 0) as open
       ${OPEN_ITEMS}`,
    openParams(of)
  )
  const items = await itemsOf(manager, rows.map(toInvoice))
  return {
    items: items.map((item) => payableItem(item, of.currency_code)),
    count,
    open_total: roundAmount(open, of.currency_code),
  }
}

function payableItem(item: LockedItem, currency_code: string): PayableItem {
  const { invoice, charges, discount, outstanding } = item
  const owed = MathBN.gt(outstanding, 0)
  return {
    invoice,
    late_charges: sumAmounts(charges.map((charge) => charge.outstanding), currency_code),
    open: openInAll(item, currency_code),
    early:
      discount && owed
        ? { until: discount.until, payable: payableWithDiscount({ ...discount, currency_code, outstanding }) }
        : null,
  }
}

/** What can be settled of invoices that are locked already. */
export async function itemsOf(
  manager: EntityManager,
  invoices: readonly Invoice[]
): Promise<LockedItem[]> {
  const ids = JSON.stringify(invoices.map(({ id }) => id))
  const charges = await openCharges(manager, ids)
  const past = await pastSettlements(manager, ids)
  return invoices.map((invoice) => {
    const { id, number, issued_at, due_at, outstanding, terms } = invoice
    const until = discountUntil(issued_at, terms)
    const { discounted_paid = "0", discount_total = "0", released_on } = past.get(id) ?? {}
    return {
      invoice,
      invoice_id: id,
      number,
      issued_at,
      due_at,
      outstanding,
      charges: charges.get(id) ?? [],
      discount: until && terms.discount && { percent: terms.discount.percent, until, discounted_paid, discount_total },
      free_since: latest(issued_at, released_on ? new Date(released_on) : issued_at),
    }
  })
}

export function latest(...dates: readonly Date[]): Date {
  return new Date(Math.max(...dates.map((date) => date.getTime())))
}

interface ChargeRow {
  readonly id: string
  readonly invoice_id: string
  readonly kind: LateChargeKind
  readonly currency_code: string
  readonly raw_amount: RawAmount
  readonly raw_settled_total: RawAmount
  readonly charged_at: Date | string
}

async function openCharges(manager: EntityManager, ids: string): Promise<Map<string, OpenCharge[]>> {
  const rows = await manager.execute<ChargeRow[]>(
    `select id, invoice_id, kind, currency_code, raw_amount, raw_settled_total, charged_at
       from wholesale_late_charge
      where invoice_id in (select json_array_elements_text(?::json)) and settled_total < amount
        and voided_at is null and deleted_at is null
      order by charged_at, id`,
    [ids]
  )
  const charges = new Map<string, OpenCharge[]>()
  for (const { id, invoice_id, kind, currency_code, ...row } of rows) {
    const charge = {
      id,
      kind,
      outstanding: subtractAmounts(row.raw_amount.value, row.raw_settled_total.value, currency_code),
      charged_at: new Date(row.charged_at),
    }
    charges.set(invoice_id, [...(charges.get(invoice_id) ?? []), charge])
  }
  return charges
}

interface PastSettlement {
  readonly discounted_paid: Amount
  readonly discount_total: Amount
  readonly released_on: Date | string | null
}

/** Of each invoice: the money that came with a discount, those discounts, and when last something was taken back. */
async function pastSettlements(
  manager: EntityManager,
  ids: string
): Promise<Map<string, PastSettlement>> {
  const rows = await manager.execute<
    (PastSettlement & { readonly invoice_id: string; readonly currency_code: string })[]
  >(
    `select past.invoice_id, invoice.currency_code, max(past.reversed_on) as released_on,
            coalesce(sum(past.amount) filter (
              where past.kind = 'payment' and past.late_charge_id is null and past.reversed_on is null
                and exists (select 1 from wholesale_payment_allocation discount
                             where discount.payment_id = past.payment_id
                               and discount.invoice_id = past.invoice_id and discount.kind = 'discount'
                               and discount.reversed_on is null)), 0) as discounted_paid,
            coalesce(sum(past.amount) filter (
              where past.kind = 'discount' and past.reversed_on is null), 0) as discount_total
       from wholesale_payment_allocation past
       join wholesale_invoice invoice on invoice.id = past.invoice_id
      where past.invoice_id in (select json_array_elements_text(?::json)) and past.deleted_at is null
      group by past.invoice_id, invoice.currency_code`,
    [ids]
  )
  return new Map(
    rows.map(({ invoice_id, currency_code, released_on, ...sums }) => [
      invoice_id,
      {
        released_on,
        discounted_paid: roundAmount(sums.discounted_paid, currency_code),
        discount_total: roundAmount(sums.discount_total, currency_code),
      },
    ])
  )
}

export function isOpen(item: OpenItem): boolean {
  return [item.outstanding, ...item.charges.map(({ outstanding }) => outstanding)].some((amount) =>
    MathBN.gt(amount, 0)
  )
}
