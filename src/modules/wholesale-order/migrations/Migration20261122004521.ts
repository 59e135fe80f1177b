import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122004521 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order_shipment" drop constraint if exists "wholesale_order_shipment_order_id_sequence_unique";`);
    this.addSql(`alter table if exists "wholesale_order_series" drop constraint if exists "wholesale_order_series_store_id_series_year_unique";`);
    this.addSql(`alter table if exists "wholesale_order_response" drop constraint if exists "wholesale_order_response_purchase_order_unique";`);
    this.addSql(`alter table if exists "wholesale_order_line" drop constraint if exists "wholesale_order_line_order_id_line_number_unique";`);
    this.addSql(`alter table if exists "wholesale_order" drop constraint if exists "wholesale_order_connection_id_purchase_order_id_unique";`);
    this.addSql(`alter table if exists "wholesale_order" drop constraint if exists "wholesale_order_store_id_number_unique";`);
    this.addSql(`create table if not exists "wholesale_order" ("id" text not null, "store_id" text not null, "account_id" text not null, "connection_id" text null, "number" text null, "source" text check ("source" in ('purchase_order', 'portal', 'manual')) not null, "purchase_order_id" text null, "purchase_order_number" text null, "fulfilment_method" text check ("fulfilment_method" in ('shipping', 'local_delivery', 'pickup', 'in_store')) not null, "status" text check ("status" in ('draft', 'pending', 'approved', 'backordered', 'packing', 'packed', 'shipped', 'out_for_delivery', 'ready_for_pickup', 'delivered', 'picked_up', 'rejected', 'cancelled')) not null default 'draft', "currency_code" text not null, "subtotal" numeric not null, "tax_total" numeric not null, "total" numeric not null, "tax_summary" jsonb not null, "ship_to" jsonb not null, "bill_to" jsonb not null, "note" text null, "pickup_place" text null, "pickup_at" timestamptz null, "pickup_notice_due_at" timestamptz null, "pickup_notice_attempts" integer not null default 0, "cancel_reason" text null, "goods_returned" boolean null, "rejection_reason" text null, "cancel_requested_at" timestamptz null, "cancel_request_reason" text null, "terms_days" integer not null, "invoice_on" text check ("invoice_on" in ('completion', 'approval', 'shipment')) null, "line_count" integer not null, "invoice_parts_due" jsonb not null, "placed_at" timestamptz null, "approved_at" timestamptz null, "completed_at" timestamptz null, "cancelled_at" timestamptz null, "parent_id" text null, "revision" integer not null default 0, "announced_revision" integer not null default 0, "raw_subtotal" jsonb not null, "raw_tax_total" jsonb not null, "raw_total" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_deleted_at" ON "wholesale_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_store_id_number_unique" ON "wholesale_order" ("store_id", "number") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_connection_id_purchase_order_id_unique" ON "wholesale_order" ("connection_id", "purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_store_id_created_at_id" ON "wholesale_order" ("store_id", "created_at", "id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_store_id_placed_at_id" ON "wholesale_order" ("store_id", "placed_at", "id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_store_id_status_created_at" ON "wholesale_order" ("store_id", "status", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_store_id_account_id_created_at" ON "wholesale_order" ("store_id", "account_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_store_id_purchase_order_number" ON "wholesale_order" ("store_id", "purchase_order_number") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_cancel_requested" ON "wholesale_order" ("store_id") WHERE cancel_requested_at is not null AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_invoice_parts_due" ON "wholesale_order" ("id") WHERE invoice_parts_due <> '[]'::jsonb AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_pickup_notice_due" ON "wholesale_order" ("pickup_notice_due_at") WHERE pickup_notice_due_at is not null AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_behind" ON "wholesale_order" ("id") WHERE revision > announced_revision and connection_id is not null AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_order_event" ("id" text not null, "store_id" text not null, "order_id" text not null, "event" text not null, "from" text null, "to" text not null, "actor_type" text not null, "actor_id" text not null, "reason" text null, "details" jsonb null, "at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_event_deleted_at" ON "wholesale_order_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_event_order_id_at" ON "wholesale_order_event" ("order_id", "at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_order_line" ("id" text not null, "store_id" text not null, "order_id" text not null, "line_number" integer not null, "item_id" text null, "variant_id" text null, "product_id" text null, "purchase_order_line_id" text null, "sku" text not null, "title" text not null, "quantity" integer not null, "unit_price" numeric not null, "subtotal" numeric not null, "tax_rate" numeric not null, "tax_code" text null, "tax_name" text null, "shipped_quantity" integer not null default 0, "short_quantity" integer not null default 0, "damaged_quantity" integer not null default 0, "raw_unit_price" jsonb not null, "raw_subtotal" jsonb not null, "raw_tax_rate" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_line_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_line_deleted_at" ON "wholesale_order_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_line_order_id_line_number_unique" ON "wholesale_order_line" ("order_id", "line_number") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_order_operation" ("id" text not null, "store_id" text not null, "order_id" text not null, "verb" text not null, "status" text check ("status" in ('running', 'undoing', 'done', 'refused')) not null default 'running', "payload" jsonb not null, "refusal" jsonb null, "lease_until" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_operation_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_operation_deleted_at" ON "wholesale_order_operation" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_operation_order_id" ON "wholesale_order_operation" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_operation_open" ON "wholesale_order_operation" ("order_id") WHERE status in ('running', 'undoing') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_operation_lease" ON "wholesale_order_operation" ("lease_until") WHERE status in ('running', 'undoing') AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_order_response" ("id" text not null, "store_id" text not null, "connection_id" text not null, "purchase_order_id" text not null, "answer" text check ("answer" in ('accepted', 'refused', 'cancel_accepted', 'cancel_refused')) not null, "order_id" text null, "refusal" jsonb null, "revision" integer not null default 1, "announced_revision" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_response_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_response_store_id" ON "wholesale_order_response" ("store_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_response_deleted_at" ON "wholesale_order_response" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_response_purchase_order_unique" ON "wholesale_order_response" ("connection_id", "purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_response_behind" ON "wholesale_order_response" ("id") WHERE revision > announced_revision AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_order_series" ("id" text not null, "store_id" text not null, "series" text not null, "year" integer not null, "last_sequence" integer not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_series_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_series_deleted_at" ON "wholesale_order_series" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_series_store_id_series_year_unique" ON "wholesale_order_series" ("store_id", "series", "year") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_order_shipment" ("id" text not null, "store_id" text not null, "order_id" text not null, "sequence" integer not null, "carrier" text null, "tracking_numbers" jsonb not null, "shipped_at" timestamptz not null, "delivered_at" timestamptz null, "lines" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_shipment_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_shipment_deleted_at" ON "wholesale_order_shipment" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_shipment_order_id_sequence_unique" ON "wholesale_order_shipment" ("order_id", "sequence") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_order" cascade;`);

    this.addSql(`drop table if exists "wholesale_order_event" cascade;`);

    this.addSql(`drop table if exists "wholesale_order_line" cascade;`);

    this.addSql(`drop table if exists "wholesale_order_operation" cascade;`);

    this.addSql(`drop table if exists "wholesale_order_response" cascade;`);

    this.addSql(`drop table if exists "wholesale_order_series" cascade;`);

    this.addSql(`drop table if exists "wholesale_order_shipment" cascade;`);
  }

}
