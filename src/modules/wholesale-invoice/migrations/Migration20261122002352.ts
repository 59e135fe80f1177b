import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122002352 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_payment_allocation" drop constraint if exists "wholesale_payment_allocation_payment_id_invoice_id_unique";`);
    this.addSql(`alter table if exists "wholesale_mirror_refund" drop constraint if exists "wholesale_mirror_refund_credit_note_id_unique";`);
    this.addSql(`alter table if exists "wholesale_mirror" drop constraint if exists "wholesale_mirror_core_order_id_unique";`);
    this.addSql(`alter table if exists "wholesale_mirror" drop constraint if exists "wholesale_mirror_invoice_id_order_id_unique";`);
    this.addSql(`alter table if exists "wholesale_invoice_series" drop constraint if exists "wholesale_invoice_series_store_id_series_year_unique";`);
    this.addSql(`alter table if exists "wholesale_invoice_line" drop constraint if exists "wholesale_invoice_line_invoice_id_line_number_unique";`);
    this.addSql(`alter table if exists "wholesale_invoice" drop constraint if exists "wholesale_invoice_order_id_part_unique";`);
    this.addSql(`alter table if exists "wholesale_invoice" drop constraint if exists "wholesale_invoice_store_id_number_unique";`);
    this.addSql(`alter table if exists "wholesale_credit_note" drop constraint if exists "wholesale_credit_note_store_id_number_unique";`);
    this.addSql(`alter table if exists "wholesale_bill_document" drop constraint if exists "wholesale_bill_document_unique";`);
    this.addSql(`alter table if exists "wholesale_bill" drop constraint if exists "wholesale_bill_connection_id_invoice_id_unique";`);
    this.addSql(`create table if not exists "wholesale_bill" ("id" text not null, "store_id" text not null, "connection_id" text not null, "invoice_id" text not null, "invoice_number" text not null, "order_number" text null, "purchase_order_id" text null, "purchase_order_number" text null, "status" text check ("status" in ('issued', 'partially_paid', 'paid', 'credited', 'void')) not null, "currency_code" text not null, "subtotal" numeric not null, "tax_total" numeric not null, "total" numeric not null, "paid_total" numeric not null, "credited_total" numeric not null, "tax_summary" jsonb not null, "lines" jsonb not null, "issued_at" timestamptz not null, "due_at" timestamptz not null, "document_incarnation" integer not null, "document_revision" integer not null, "raw_subtotal" jsonb not null, "raw_tax_total" jsonb not null, "raw_total" jsonb not null, "raw_paid_total" jsonb not null, "raw_credited_total" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_bill_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_deleted_at" ON "wholesale_bill" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_bill_connection_id_invoice_id_unique" ON "wholesale_bill" ("connection_id", "invoice_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_store_id_created_at" ON "wholesale_bill" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_purchase_order_id" ON "wholesale_bill" ("purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_open" ON "wholesale_bill" ("store_id", "due_at") WHERE status IN ('issued', 'partially_paid') AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_bill_document" ("id" text not null, "store_id" text not null, "connection_id" text not null, "invoice_id" text not null, "kind" text check ("kind" in ('credit_note', 'payment')) not null, "document_id" text not null, "number" text null, "currency_code" text not null, "amount" numeric not null, "note" text null, "lines" jsonb null, "dated_at" timestamptz not null, "document_incarnation" integer not null, "document_revision" integer not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_bill_document_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_document_deleted_at" ON "wholesale_bill_document" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_bill_document_unique" ON "wholesale_bill_document" ("connection_id", "kind", "document_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_document_connection_id_invoice_id" ON "wholesale_bill_document" ("connection_id", "invoice_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_note" ("id" text not null, "store_id" text not null, "account_id" text not null, "invoice_id" text not null, "connection_id" text null, "number" text not null, "currency_code" text not null, "subtotal" numeric not null, "tax_total" numeric not null, "total" numeric not null, "tax_summary" jsonb not null, "reason" text not null, "lines" jsonb not null, "issued_at" timestamptz not null, "posted_at" timestamptz null, "actor_type" text not null, "actor_id" text not null, "revision" integer not null default 1, "announced_revision" integer not null default 0, "raw_subtotal" jsonb not null, "raw_tax_total" jsonb not null, "raw_total" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_note_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_deleted_at" ON "wholesale_credit_note" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_store_id_number_unique" ON "wholesale_credit_note" ("store_id", "number") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_store_id_created_at" ON "wholesale_credit_note" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_invoice_id" ON "wholesale_credit_note" ("invoice_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_unposted" ON "wholesale_credit_note" ("id") WHERE posted_at IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_behind" ON "wholesale_credit_note" ("id") WHERE revision > announced_revision AND connection_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_invoice" ("id" text not null, "store_id" text not null, "account_id" text not null, "order_id" text not null, "order_number" text not null, "purchase_order_id" text null, "purchase_order_number" text null, "connection_id" text null, "number" text not null, "part" integer not null default 0, "status" text check ("status" in ('issued', 'partially_paid', 'paid', 'credited', 'void')) not null, "currency_code" text not null, "subtotal" numeric not null, "tax_total" numeric not null, "total" numeric not null, "paid_total" numeric not null default 0, "credited_total" numeric not null default 0, "tax_summary" jsonb not null, "seller" jsonb not null, "buyer" jsonb not null, "issued_at" timestamptz not null, "due_at" timestamptz not null, "terms_days" integer not null, "paid_at" timestamptz null, "revision" integer not null default 1, "announced_revision" integer not null default 0, "raw_subtotal" jsonb not null, "raw_tax_total" jsonb not null, "raw_total" jsonb not null, "raw_paid_total" jsonb not null default '{"value":"0","precision":20}', "raw_credited_total" jsonb not null default '{"value":"0","precision":20}', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_invoice_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_deleted_at" ON "wholesale_invoice" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_store_id_number_unique" ON "wholesale_invoice" ("store_id", "number") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_id_part_unique" ON "wholesale_invoice" ("order_id", "part") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_store_id_created_at" ON "wholesale_invoice" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_account_id_created_at" ON "wholesale_invoice" ("account_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_open" ON "wholesale_invoice" ("store_id", "due_at") WHERE status IN ('issued', 'partially_paid') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_behind" ON "wholesale_invoice" ("id") WHERE revision > announced_revision AND connection_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_invoice_event" ("id" text not null, "store_id" text not null, "invoice_id" text not null, "event" text not null, "from" text check ("from" in ('issued', 'partially_paid', 'paid', 'credited', 'void')) null, "to" text check ("to" in ('issued', 'partially_paid', 'paid', 'credited', 'void')) not null, "actor_type" text not null, "actor_id" text not null, "reason" text null, "details" jsonb null, "at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_invoice_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_event_deleted_at" ON "wholesale_invoice_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_event_invoice_id_at" ON "wholesale_invoice_event" ("invoice_id", "at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_invoice_line" ("id" text not null, "store_id" text not null, "invoice_id" text not null, "line_number" integer not null, "order_line_id" text not null, "sku" text not null, "title" text not null, "quantity" integer not null, "unit_price" numeric not null, "subtotal" numeric not null, "tax_rate" numeric not null, "tax_code" text null, "tax_total" numeric not null, "credited_quantity" integer not null default 0, "credited_amount" numeric not null default 0, "credited_tax" numeric not null default 0, "raw_unit_price" jsonb not null, "raw_subtotal" jsonb not null, "raw_tax_rate" jsonb not null, "raw_tax_total" jsonb not null, "raw_credited_amount" jsonb not null default '{"value":"0","precision":20}', "raw_credited_tax" jsonb not null default '{"value":"0","precision":20}', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_invoice_line_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_line_deleted_at" ON "wholesale_invoice_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_line_invoice_id_line_number_unique" ON "wholesale_invoice_line" ("invoice_id", "line_number") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_invoice_series" ("id" text not null, "store_id" text not null, "series" text not null, "year" integer not null, "last_sequence" integer not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_invoice_series_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_series_deleted_at" ON "wholesale_invoice_series" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_series_store_id_series_year_unique" ON "wholesale_invoice_series" ("store_id", "series", "year") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_mirror" ("id" text not null, "store_id" text not null, "invoice_id" text not null, "order_id" text not null, "core_order_id" text not null, "status" text check ("status" in ('pending', 'made', 'reversed')) not null, "total" numeric not null, "refunded_total" numeric not null default 0, "made_at" timestamptz null, "reversed_at" timestamptz null, "raw_total" jsonb not null, "raw_refunded_total" jsonb not null default '{"value":"0","precision":20}', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_mirror_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_deleted_at" ON "wholesale_mirror" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_invoice_id_order_id_unique" ON "wholesale_mirror" ("invoice_id", "order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_core_order_id_unique" ON "wholesale_mirror" ("core_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_order_id" ON "wholesale_mirror" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_store_id_created_at" ON "wholesale_mirror" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_pending" ON "wholesale_mirror" ("id") WHERE status = 'pending' AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_mirror_refund" ("id" text not null, "store_id" text not null, "mirror_id" text not null, "credit_note_id" text not null, "amount" numeric not null, "status" text check ("status" in ('pending', 'done', 'superseded')) not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_mirror_refund_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_deleted_at" ON "wholesale_mirror_refund" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_credit_note_id_unique" ON "wholesale_mirror_refund" ("credit_note_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_mirror_id" ON "wholesale_mirror_refund" ("mirror_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_mirror_refund_pending" ON "wholesale_mirror_refund" ("id") WHERE status = 'pending' AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_payment" ("id" text not null, "store_id" text not null, "account_id" text not null, "connection_id" text null, "amount" numeric not null, "currency_code" text not null, "method" text not null, "reference" text null, "received_at" timestamptz not null, "posted_at" timestamptz null, "actor_type" text not null, "actor_id" text not null, "revision" integer not null default 1, "announced_revision" integer not null default 0, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_payment_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_deleted_at" ON "wholesale_payment" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_store_id_created_at" ON "wholesale_payment" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_account_id_created_at" ON "wholesale_payment" ("account_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_unposted" ON "wholesale_payment" ("id") WHERE posted_at IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_behind" ON "wholesale_payment" ("id") WHERE revision > announced_revision AND connection_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_payment_allocation" ("id" text not null, "store_id" text not null, "payment_id" text not null, "invoice_id" text not null, "amount" numeric not null, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_payment_allocation_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_deleted_at" ON "wholesale_payment_allocation" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_payment_id_invoice_id_unique" ON "wholesale_payment_allocation" ("payment_id", "invoice_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_payment_allocation_invoice_id" ON "wholesale_payment_allocation" ("invoice_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_bill" cascade;`);

    this.addSql(`drop table if exists "wholesale_bill_document" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_note" cascade;`);

    this.addSql(`drop table if exists "wholesale_invoice" cascade;`);

    this.addSql(`drop table if exists "wholesale_invoice_event" cascade;`);

    this.addSql(`drop table if exists "wholesale_invoice_line" cascade;`);

    this.addSql(`drop table if exists "wholesale_invoice_series" cascade;`);

    this.addSql(`drop table if exists "wholesale_mirror" cascade;`);

    this.addSql(`drop table if exists "wholesale_mirror_refund" cascade;`);

    this.addSql(`drop table if exists "wholesale_payment" cascade;`);

    this.addSql(`drop table if exists "wholesale_payment_allocation" cascade;`);
  }

}
