import { Migration } from "@medusajs/framework/mikro-orm/migrations";

const KEEP_PAYMENTS = `
  update "wholesale_payment_allocation" allocation
     set account_id = payment.account_id, operation_id = payment.id, kind = 'payment',
         applied_on = greatest(payment.received_at, invoice.issued_at),
         actor_type = payment.actor_type, actor_id = payment.actor_id
    from "wholesale_payment" payment, "wholesale_invoice" invoice
   where payment.id = allocation.payment_id and invoice.id = allocation.invoice_id;`;

const KEEP_CREDIT_NOTES = `
  insert into "wholesale_payment_allocation"
         (id, store_id, account_id, operation_id, kind, credit_note_id, invoice_id, amount, raw_amount,
          applied_on, actor_type, actor_id)
  select 'whpayal_' || upper(substr(md5(note.id), 1, 26)), note.store_id, note.account_id, note.id,
         'credit_note', note.id, note.invoice_id, note.applied,
         jsonb_build_object('value', note.applied::text, 'precision', 20),
         greatest(note.issued_at, note.invoice_issued_at), note.actor_type, note.actor_id
    from (select note.*, invoice.issued_at as invoice_issued_at,
                 least(note.total, invoice.total - invoice.paid_total
                   - (sum(note.total) over notes - note.total)) as applied
            from "wholesale_credit_note" note join "wholesale_invoice" invoice on invoice.id = note.invoice_id
           where note.deleted_at is null
          window notes as (partition by note.invoice_id order by note.issued_at, note.id)) note
   where note.applied > 0;`;

/**
 * A payment is an account's, and lies on invoices by allocations that say from when until when. What was
 * paid and credited before becomes such allocations: a payment lies where it did since it was received, a
 * credit note on its own invoice as far as something was outstanding, the older notes first.
 */
export class Migration20261130080623 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_mirror_refund" drop constraint if exists "wholesale_mirror_refund_mirror_id_credit_note_id_unique";`);
    this.addSql(`alter table if exists "wholesale_mirror" drop constraint if exists "wholesale_mirror_live_unique";`);
    this.addSql(`alter table if exists "wholesale_mirror" drop constraint if exists "wholesale_mirror_invoice_id_order_id_round_unique";`);
    this.addSql(`alter table if exists "wholesale_bill_document" drop constraint if exists "wholesale_bill_document_of_bill_unique";`);
    this.addSql(`create table if not exists "wholesale_late_charge" ("id" text not null, "store_id" text not null, "account_id" text not null, "invoice_id" text not null, "kind" text check ("kind" in ('fee', 'interest')) not null, "amount" numeric not null, "settled_total" numeric not null default 0, "currency_code" text not null, "reason" text null, "charged_at" timestamptz not null, "voided_at" timestamptz null, "void_reason" text null, "posted_at" timestamptz null, "void_posted_at" timestamptz null, "actor_type" text not null, "actor_id" text not null, "raw_amount" jsonb not null, "raw_settled_total" jsonb not null default '{"value":"0","precision":20}', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_late_charge_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_late_charge_deleted_at" ON "wholesale_late_charge" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_late_charge_invoice_id" ON "wholesale_late_charge" ("invoice_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_late_charge_account_id_charged_at" ON "wholesale_late_charge" ("account_id", "charged_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_late_charge_store_id_created_at" ON "wholesale_late_charge" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_late_charge_open" ON "wholesale_late_charge" ("account_id") WHERE settled_total < amount AND voided_at IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_late_charge_unposted" ON "wholesale_late_charge" ("id") WHERE (posted_at IS NULL OR (voided_at IS NOT NULL AND void_posted_at IS NULL)) AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_receivable_settings" ("id" text not null, "store_id" text not null, "account_id" text null, "currency_code" text not null, "write_off_tolerance" numeric null, "settle_first" text check ("settle_first" in ('invoice', 'charges')) null, "raw_write_off_tolerance" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_receivable_settings_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receivable_settings_deleted_at" ON "wholesale_receivable_settings" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receivable_settings_store_id_account_id" ON "wholesale_receivable_settings" ("store_id", "account_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_refund" ("id" text not null, "store_id" text not null, "account_id" text not null, "payment_id" text null, "credit_note_id" text null, "amount" numeric not null, "currency_code" text not null, "method" text not null, "reference" text null, "reason" text null, "refunded_at" timestamptz not null, "posted_at" timestamptz null, "actor_type" text not null, "actor_id" text not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_refund_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_refund_deleted_at" ON "wholesale_refund" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_refund_payment_id" ON "wholesale_refund" ("payment_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_refund_credit_note_id" ON "wholesale_refund" ("credit_note_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_refund_account_id_refunded_at" ON "wholesale_refund" ("account_id", "refunded_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_refund_store_id_created_at" ON "wholesale_refund" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_refund_unposted" ON "wholesale_refund" ("id") WHERE posted_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_bill" add column if not exists "outstanding" numeric null, add column if not exists "raw_outstanding" jsonb null;`);

    this.addSql(`drop index if exists "IDX_wholesale_bill_document_unique";`);

    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_bill_document_of_bill_unique" ON "wholesale_bill_document" ("connection_id", "kind", "document_id", "invoice_id") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_invoice" add column if not exists "applied_credit_total" numeric not null default 0, add column if not exists "discount_total" numeric not null default 0, add column if not exists "written_off_total" numeric not null default 0, add column if not exists "voided_at" timestamptz null, add column if not exists "raw_applied_credit_total" jsonb not null default '{"value":"0","precision":20}', add column if not exists "raw_discount_total" jsonb not null default '{"value":"0","precision":20}', add column if not exists "raw_written_off_total" jsonb not null default '{"value":"0","precision":20}';`);

    this.addSql(`drop index if exists "IDX_wholesale_mirror_invoice_id_order_id_unique";`);

    this.addSql(`alter table if exists "wholesale_mirror" add column if not exists "round" integer not null default 1, add column if not exists "core_reversed_at" timestamptz null;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_invoice_id_order_id_round_unique" ON "wholesale_mirror" ("invoice_id", "order_id", "round") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_live_unique" ON "wholesale_mirror" ("invoice_id", "order_id") WHERE status <> 'reversed' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_reversing" ON "wholesale_mirror" ("id") WHERE status = 'reversed' AND made_at IS NOT NULL AND core_reversed_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_wholesale_mirror_refund_credit_note_id_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_mirror_refund_mirror_id";`);

    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_mirror_id_credit_note_id_unique" ON "wholesale_mirror_refund" ("mirror_id", "credit_note_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_credit_note_id" ON "wholesale_mirror_refund" ("credit_note_id") WHERE deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_wholesale_payment_unposted";`);

    this.addSql(`alter table if exists "wholesale_payment" add column if not exists "status" text check ("status" in ('received', 'void')) not null default 'received', add column if not exists "strategy" text check ("strategy" in ('oldest_first', 'due_date', 'by_choice', 'unapplied')) null, add column if not exists "choices" jsonb null, add column if not exists "voided_at" timestamptz null, add column if not exists "void_reason" text null, add column if not exists "void_actor_type" text null, add column if not exists "void_actor_id" text null, add column if not exists "void_posted_at" timestamptz null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_to_post" ON "wholesale_payment" ("id") WHERE (posted_at IS NULL OR (voided_at IS NOT NULL AND void_posted_at IS NULL)) AND deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_payment_id_invoice_id_unique";`);

    this.addSql(`alter table if exists "wholesale_payment_allocation" add column if not exists "account_id" text null, add column if not exists "operation_id" text null, add column if not exists "kind" text check ("kind" in ('payment', 'credit_note', 'discount', 'write_off')) null, add column if not exists "credit_note_id" text null, add column if not exists "late_charge_id" text null, add column if not exists "applied_on" timestamptz null, add column if not exists "actor_type" text null, add column if not exists "actor_id" text null, add column if not exists "reversed_on" timestamptz null, add column if not exists "reversal_reason" text null, add column if not exists "reversal_actor_type" text null, add column if not exists "reversal_actor_id" text null, add column if not exists "posted_at" timestamptz null, add column if not exists "reversal_posted_at" timestamptz null;`);
    this.addSql(`alter table if exists "wholesale_payment_allocation" alter column "payment_id" type text using ("payment_id"::text);`);
    this.addSql(`alter table if exists "wholesale_payment_allocation" alter column "payment_id" drop not null;`);
    this.addSql(KEEP_PAYMENTS);
    this.addSql(`update "wholesale_payment" payment set "strategy" = 'by_choice', "choices" = (select jsonb_agg(jsonb_build_object('invoice_id', invoice_id, 'amount', raw_amount->>'value') order by invoice_id) from "wholesale_payment_allocation" allocation where allocation.payment_id = payment.id);`);
    this.addSql(KEEP_CREDIT_NOTES);
    this.addSql(`update "wholesale_invoice" invoice set "applied_credit_total" = applied.total, "raw_applied_credit_total" = jsonb_build_object('value', applied.total::text, 'precision', 20) from (select invoice_id, sum(amount) as total from "wholesale_payment_allocation" where kind = 'credit_note' group by invoice_id) applied where applied.invoice_id = invoice.id;`);
    this.addSql(`update "wholesale_invoice" invoice set "voided_at" = event.at from "wholesale_invoice_event" event where event.invoice_id = invoice.id and event.event = 'void';`);
    this.addSql(`update "wholesale_mirror" set "core_reversed_at" = "reversed_at" where "status" = 'reversed';`);
    this.addSql(`alter table if exists "wholesale_payment" alter column "strategy" set not null;`);
    for (const column of ["account_id", "operation_id", "kind", "applied_on", "actor_type", "actor_id"]) {
      this.addSql(`alter table if exists "wholesale_payment_allocation" alter column "${column}" set not null;`);
    }
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_payment_id" ON "wholesale_payment_allocation" ("payment_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_credit_note_id" ON "wholesale_payment_allocation" ("credit_note_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_late_charge_id" ON "wholesale_payment_allocation" ("late_charge_id") WHERE late_charge_id IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_operation_id" ON "wholesale_payment_allocation" ("operation_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_account_id_applied_on" ON "wholesale_payment_allocation" ("account_id", "applied_on") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_unposted" ON "wholesale_payment_allocation" ("id") WHERE kind IN ('discount', 'write_off') AND (posted_at IS NULL OR (reversed_on IS NOT NULL AND reversal_posted_at IS NULL)) AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_late_charge" cascade;`);

    this.addSql(`drop table if exists "wholesale_receivable_settings" cascade;`);

    this.addSql(`drop table if exists "wholesale_refund" cascade;`);

    this.addSql(`alter table if exists "wholesale_bill" drop column if exists "outstanding", drop column if exists "raw_outstanding";`);

    this.addSql(`drop index if exists "IDX_wholesale_bill_document_of_bill_unique";`);

    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_bill_document_unique" ON "wholesale_bill_document" ("connection_id", "kind", "document_id") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_invoice" drop column if exists "applied_credit_total", drop column if exists "discount_total", drop column if exists "written_off_total", drop column if exists "voided_at", drop column if exists "raw_applied_credit_total", drop column if exists "raw_discount_total", drop column if exists "raw_written_off_total";`);

    this.addSql(`drop index if exists "IDX_wholesale_mirror_invoice_id_order_id_round_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_mirror_live_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_mirror_reversing";`);
    this.addSql(`alter table if exists "wholesale_mirror" drop column if exists "round", drop column if exists "core_reversed_at";`);

    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_invoice_id_order_id_unique" ON "wholesale_mirror" ("invoice_id", "order_id") WHERE deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_wholesale_mirror_refund_mirror_id_credit_note_id_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_mirror_refund_credit_note_id";`);

    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_credit_note_id_unique" ON "wholesale_mirror_refund" ("credit_note_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_mirror_id" ON "wholesale_mirror_refund" ("mirror_id") WHERE deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_wholesale_payment_to_post";`);
    this.addSql(`alter table if exists "wholesale_payment" drop column if exists "status", drop column if exists "strategy", drop column if exists "choices", drop column if exists "voided_at", drop column if exists "void_reason", drop column if exists "void_actor_type", drop column if exists "void_actor_id", drop column if exists "void_posted_at";`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_unposted" ON "wholesale_payment" ("id") WHERE posted_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_payment_id";`);
    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_credit_note_id";`);
    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_late_charge_id";`);
    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_operation_id";`);
    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_account_id_applied_on";`);
    this.addSql(`drop index if exists "IDX_wholesale_payment_allocation_unposted";`);
    this.addSql(`delete from "wholesale_payment_allocation" where kind <> 'payment' or payment_id is null or late_charge_id is not null or reversed_on is not null;`);
    this.addSql(`alter table if exists "wholesale_payment_allocation" drop column if exists "account_id", drop column if exists "operation_id", drop column if exists "kind", drop column if exists "credit_note_id", drop column if exists "late_charge_id", drop column if exists "applied_on", drop column if exists "actor_type", drop column if exists "actor_id", drop column if exists "reversed_on", drop column if exists "reversal_reason", drop column if exists "reversal_actor_type", drop column if exists "reversal_actor_id", drop column if exists "posted_at", drop column if exists "reversal_posted_at";`);

    this.addSql(`alter table if exists "wholesale_payment_allocation" alter column "payment_id" type text using ("payment_id"::text);`);
    this.addSql(`alter table if exists "wholesale_payment_allocation" alter column "payment_id" set not null;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_payment_id_invoice_id_unique" ON "wholesale_payment_allocation" ("payment_id", "invoice_id") WHERE deleted_at IS NULL;`);
  }

}
