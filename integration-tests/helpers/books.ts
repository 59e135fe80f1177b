import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { WHOLESALE_CREDIT } from "../../src/modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../src/modules/wholesale-credit/service"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { differingBalances } from "../../src/workflows/reconcile/compare-balances"

interface Database {
  raw<Row>(sql: string, bindings?: readonly unknown[]): Promise<{ rows: Row[] }>
}

/** Every row that a statement finds, over Medusa's own connection. */
export async function rowsOf<Row>(
  container: MedusaContainer,
  sql: string,
  bindings: readonly unknown[] = []
): Promise<Row[]> {
  const database = container.resolve<Database>(ContainerRegistrationKeys.PG_CONNECTION)
  return (await database.raw<Row>(sql, bindings)).rows
}

/**
 * What must hold of all stores' books whenever nothing is under way, as a statement that finds the rows
 * that break it. Invoices are for whole orders, and variants need one of their inventory item.
 */
const BROKEN: Readonly<Record<string, string>> = {
  "an operation is open": `
    select id, verb, status, order_id from wholesale_order_operation where status in ('running', 'undoing')`,
  "a draft was left": `select id, purchase_order_number from wholesale_order where status = 'draft'`,
  "a purchase order has other than one order that was not split off": `
    select po.id, po.status, count(o.id) from wholesale_purchase_order po
      left join wholesale_order o on o.purchase_order_id = po.id and o.parent_id is null and o.deleted_at is null
     where po.status <> 'draft' and po.deleted_at is null
     group by po.id, po.status
    having count(o.id) <> case when po.status = 'refused' and count(o.id) = 0 then 0 else 1 end`,
  "a purchase order does not follow its orders": `
    select po.id, po.status, po.order_id, po.order_number, po.order_status, o.id as other_id, o.number, o.status as other
      from wholesale_purchase_order po join wholesale_order o on o.purchase_order_id = po.id and o.parent_id is null
      cross join lateral (
        select bool_and(part.status in ('cancelled', 'rejected')) as ended, bool_or(part.status = 'cancelled') as cancelled,
          bool_or(part.cancel_requested_at is not null) as asked
        from wholesale_order part where part.purchase_order_id = po.id and part.deleted_at is null
      ) parts
     where o.deleted_at is null
       and (po.order_id is distinct from o.id or po.order_number is distinct from o.number
            or po.order_status is distinct from o.status
            or (parts.ended and parts.cancelled) <> (po.status = 'cancelled')
            or (parts.ended and not parts.cancelled) <> (po.status = 'refused')
            or (po.status in ('placed', 'cancel_requested') and not parts.asked))`,
  "a supplier's order is not known as it is": `
    select o.id, o.number, o.status, told.status as told
      from wholesale_order o join wholesale_purchase_order po on po.id = o.purchase_order_id
      left join wholesale_supplier_order told on told.order_id = o.id and told.purchase_order_id = po.id
     where o.deleted_at is null
       and (told.id is null or told.status <> o.status or told.number <> o.number or told.total <> o.total
            or told.parent_id is distinct from o.parent_id or told.revision <> o.revision)`,
  "a bill does not follow its invoice": `
    select inv.id, inv.status, inv.paid_total, inv.credited_total, bill.status as bill_status
      from wholesale_invoice inv
      left join wholesale_bill bill on bill.invoice_id = inv.id
      cross join lateral (
        select coalesce(sum(amount), 0) as bad_debt from wholesale_payment_allocation lying
         where lying.invoice_id = inv.id and lying.kind = 'write_off' and lying.payment_id is null
           and lying.credit_note_id is null and lying.reversed_on is null) given_up
     where inv.connection_id is not null
       and (bill.id is null or bill.total <> inv.total
            or bill.status <> case when inv.status = 'written_off' then 'issued'
                 when inv.status = 'paid' and bad_debt > 0 then 'partially_paid' else inv.status end
            or bill.outstanding <> case inv.status when 'void' then 0 else inv.total - inv.paid_total
                 - inv.applied_credit_total - inv.discount_total - inv.written_off_total + bad_debt end
            or bill.paid_total <> inv.paid_total or bill.credited_total <> inv.credited_total)`,
  "an inbox document waits": `
    select id, document_type, document_id, revision, status, error from wholesale_inbox_document
     where status not in ('applied', 'ignored')`,
  "a partner was not told": [
    "wholesale_connection", "wholesale_catalog_publication", "wholesale_purchase_order", "wholesale_order_response",
    "wholesale_order", "wholesale_receipt", "wholesale_invoice", "wholesale_credit_note", "wholesale_payment",
  ]
    .map(
      (table) =>
        `select '${table}' as kind, id, revision, announced_revision from ${table}
          where revision > announced_revision and deleted_at is null
            ${/order$|invoice|note|payment/.test(table) ? "and connection_id is not null" : ""}`
    )
    .concat(
      `select 'wholesale_store', id, profile_revision, profile_announced_revision from wholesale_store
        where profile_revision > profile_announced_revision and deleted_at is null`
    )
    .join(" union all "),
  "a partner knows another profile": `
    select con.id, con.partner_name, store.name
      from wholesale_connection con join wholesale_store store on store.id = con.partner_store_id
     where con.partner_name <> store.name and con.effective_status not in ('rejected', 'revoked')
       and con.deleted_at is null`,
  "an invoice is due": `
    select id, number, invoice_parts_due from wholesale_order where invoice_parts_due <> '[]'::jsonb`,
  "an invoice of several orders is not issued": `
    select id, parts from wholesale_invoice_batch where done_at is null`,
  "a void invoice has not given its orders back": `
    select invoice_id, order_id from wholesale_invoice_order where withdrawn_at is not null and returned_at is null`,
  "a part of an order is invoiced other than once, or not to be invoiced": `
    select parts.order_id, parts.part, standing.count, o.invoice_parts_due, o.invoice_parts_waiting
      from (select id as order_id, 0 as part from wholesale_order
             where invoice_on = 'completion' and completed_at is not null
             union all
            select id, 0 from wholesale_order where invoice_on = 'approval' and approved_at is not null
             union all
            select shipment.order_id, shipment.sequence from wholesale_order_shipment shipment
              join wholesale_order o on o.id = shipment.order_id where o.invoice_on = 'shipment') parts
      join wholesale_order o on o.id = parts.order_id
     cross join lateral (
       select count(*)::int as count from wholesale_invoice_order item
        where item.order_id = parts.order_id and item.part = parts.part and item.withdrawn_at is null) standing
     where o.deleted_at is null and o.status <> 'cancelled'
       and standing.count + (o.invoice_parts_due @> to_jsonb(parts.part))::int
           + (o.invoice_parts_waiting @> to_jsonb(parts.part))::int <> 1`,
  "a document is not in the ledger": `
    select id from wholesale_payment
     where posted_at is null or (voided_at is not null and void_posted_at is null)
    union all select id from wholesale_credit_note where posted_at is null
    union all select id from wholesale_refund where posted_at is null
    union all select id from wholesale_late_charge
     where posted_at is null or (voided_at is not null and void_posted_at is null)
    union all select id from wholesale_payment_allocation
     where kind in ('discount', 'write_off')
       and (posted_at is null or (reversed_on is not null and reversal_posted_at is null))`,
  "a mirror or its refund is pending": `
    select id from wholesale_mirror where status = 'pending'
    union all select id from wholesale_mirror
     where status = 'reversed' and made_at is not null and core_reversed_at is null
    union all select id from wholesale_mirror_refund where status = 'pending'`,
  "a mirror has other than one core order of its total": `
    select mirror.id, mirror.status, core.id as core_order_id, core.status as core_status
      from wholesale_mirror mirror left join "order" core on core.id = mirror.core_order_id
     where case mirror.status
             when 'made' then core.status is distinct from 'completed'
             else core.id is not null and core.status <> 'canceled' end`,
  "a core order has no mirror": `
    select core.id from "order" core
     where core.metadata->>'source' = 'medusa-wholesale'
       and not exists (select 1 from wholesale_mirror mirror where mirror.core_order_id = core.id)`,
  "core orders count twice": `
    select metadata->>'wholesale_invoice_id' as invoice, metadata->>'wholesale_order_id' as wholesale_order, count(*)
      from "order" where metadata->>'source' = 'medusa-wholesale' and status <> 'canceled'
     group by 1, 2 having count(*) > 1`,
  "mirrors are not what their invoice is": `
    select invoice.id, invoice.number, invoice.total, live.total as mirrored, taken.total as taken_back
      from wholesale_invoice invoice
     cross join lateral (
       select coalesce(sum(mirror.total), 0) as total from wholesale_mirror mirror
        where mirror.invoice_id = invoice.id and mirror.status <> 'reversed') live
     cross join lateral (
       select coalesce(sum(subtotal + tax_total), 0) as total from wholesale_invoice_line line
        where line.invoice_id = invoice.id
          and not exists (select 1 from wholesale_mirror mirror
                           where mirror.invoice_id = line.invoice_id and mirror.order_id = line.order_id
                             and mirror.status <> 'reversed')
          and (select sum(credited_amount + credited_tax) from wholesale_invoice_line other
                where other.invoice_id = line.invoice_id and other.order_id = line.order_id)
              = (select sum(subtotal + tax_total) from wholesale_invoice_line other
                  where other.invoice_id = line.invoice_id and other.order_id = line.order_id)) taken
     where case when invoice.status = 'paid' then live.total + taken.total <> invoice.total else live.total <> 0 end`,
  "reserved credit is not what waits": `
    select account.account_id, account.reserved, pending.total
      from wholesale_credit_account account
     cross join lateral (
       select coalesce(sum(total), 0) as total from wholesale_order o
        where o.account_id = account.account_id and o.status = 'pending'
          and not exists (select 1 from wholesale_credit_hold hold
                           where hold.order_id = o.id and hold.status = 'active')) pending
     where account.reserved <> pending.total`,
  "an order does not show what holds it": `
    select o.id, o.number, o.status, o.held_at, o.hold_kinds, held.kinds
      from wholesale_order o
     cross join lateral (
       select jsonb_agg(distinct hold.kind) as kinds from wholesale_credit_hold hold
        where hold.order_id = o.id and hold.status = 'active') held
     where o.deleted_at is null and (o.held_at is null) <> (held.kinds is null)`,
  "a hold is of no order": `
    select hold.id, hold.order_id from wholesale_credit_hold hold
     where hold.status = 'active' and hold.order_id is not null
       and not exists (select 1 from wholesale_order o where o.id = hold.order_id and o.status = 'pending')`,
  "reserved stock is not what reservations say": `
    select level.inventory_item_id, level.location_id, level.stocked_quantity, level.reserved_quantity, held.quantity
      from inventory_level level
     cross join lateral (
       select coalesce(sum(quantity), 0) as quantity from reservation_item r
        where r.inventory_item_id = level.inventory_item_id and r.location_id = level.location_id
          and r.deleted_at is null) held
     where level.deleted_at is null
       and (level.reserved_quantity <> held.quantity or level.stocked_quantity < level.reserved_quantity)`,
  "a reservation is not what its order waits for": `
    select o.id, o.number, o.status, waiting.quantity, held.quantity as held
      from wholesale_order o
     cross join lateral (
       select sum(case when o.status in ('approved', 'packing', 'packed', 'ready_for_pickup')
                       then quantity - shipped_quantity else 0 end) as quantity
         from wholesale_order_line line where line.order_id = o.id) waiting
     cross join lateral (
       select coalesce(sum(quantity), 0) as quantity from reservation_item r
        where r.external_id = o.number and r.metadata->>'wholesale_store_id' = o.store_id
          and r.deleted_at is null) held
     where o.status <> 'draft' and waiting.quantity <> held.quantity`,
  "a receipt is pending": `select id from wholesale_receipt where status = 'pending'`,
  "a number is missing or given twice": [
    ["wholesale_order", "number", "store_id, substring(number from '^(.*)-')"],
    ["wholesale_purchase_order", "number", "store_id, substring(number from '^(.*)-')"],
    ["wholesale_invoice", "number", "store_id, substring(number from '^(.*)-')"],
    ["wholesale_credit_note", "number", "store_id, substring(number from '^(.*)-')"],
  ]
    .map(
      ([table, number, series]) =>
        `select '${table}' as kind, array_agg(${number} order by ${number}) as numbers from ${table}
          where ${number} is not null and deleted_at is null group by ${series}
         having count(*) <> max(substring(${number} from '\\d+$')::int)
             or count(*) <> count(distinct ${number})`
    )
    .join(" union all "),
}

/**
 * Everything of DESIGN's "what must always hold" that does not: empty when the books are in order.
 *
 * @param stores whose ledger and invoices are compared by the plugin's own reconciliation as well
 */
export async function brokenBooks(
  container: MedusaContainer,
  stores: readonly string[]
): Promise<Record<string, unknown>> {
  const broken: Record<string, unknown> = {}
  for (const [rule, sql] of Object.entries(BROKEN)) {
    const rows = await rowsOf(container, sql)
    if (rows.length) {
      broken[rule] = rows
    }
  }
  for (const { id: store_id } of await rowsOf<{ id: string }>(container, "select id from wholesale_store")) {
    const differing = await differingBalances(container, { store_id })
    if (differing.length) {
      broken[`balances of ${store_id} are not what their documents say`] = differing
    }
  }
  for (const store_id of stores) {
    const { differences } = await container
      .resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
      .reconcile(store_id)
    const { invoices, mirrors, unmirrored } = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .reconcile(store_id)
    if (differences.length + invoices.length + mirrors.length + unmirrored.length) {
      broken[`the reconciliation of ${store_id}`] = { differences, invoices, mirrors, unmirrored }
    }
  }
  return broken
}
