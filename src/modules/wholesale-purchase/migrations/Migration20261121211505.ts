import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121211505 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_receipt" drop constraint if exists "wholesale_receipt_purchase_order_id_sequence_unique";`);
    this.addSql(`alter table if exists "wholesale_purchase_series" drop constraint if exists "wholesale_purchase_series_store_id_series_year_unique";`);
    this.addSql(`alter table if exists "wholesale_purchase_order" drop constraint if exists "wholesale_purchase_order_store_id_number_unique";`);
    this.addSql(`create table if not exists "wholesale_purchase_order" ("id" text not null, "store_id" text not null, "connection_id" text not null, "number" text null, "status" text check ("status" in ('draft', 'placed', 'accepted', 'refused', 'cancel_requested', 'receiving', 'received', 'closed', 'cancelled')) not null default 'draft', "fulfilment_method" text check ("fulfilment_method" in ('shipping', 'local_delivery', 'pickup', 'in_store')) not null, "currency_code" text not null, "subtotal" numeric not null, "tax_total" numeric not null, "total" numeric not null, "ship_to" jsonb not null, "note" text null, "pickup_place" text null, "pickup_at" timestamptz null, "location_id" text null, "response" jsonb null, "response_incarnation" integer not null default 0, "response_revision" integer not null default 0, "order_id" text null, "order_number" text null, "order_status" text null, "order_incarnation" integer not null default 0, "order_revision" integer not null default 0, "tracking" jsonb null, "order_summary" jsonb null, "cancel_requested_at" timestamptz null, "cancel_request_reason" text null, "status_before_cancel_request" text null, "cancel_answer" jsonb null, "placed_at" timestamptz null, "revision" integer not null default 0, "announced_revision" integer not null default 0, "raw_subtotal" jsonb not null, "raw_tax_total" jsonb not null, "raw_total" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_purchase_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_connection_id" ON "wholesale_purchase_order" ("connection_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_deleted_at" ON "wholesale_purchase_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_store_id_number_unique" ON "wholesale_purchase_order" ("store_id", "number") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_store_id_status" ON "wholesale_purchase_order" ("store_id", "status") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_store_id_created_at" ON "wholesale_purchase_order" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_order_id" ON "wholesale_purchase_order" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_behind" ON "wholesale_purchase_order" ("id") WHERE revision > announced_revision AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_purchase_order_event" ("id" text not null, "store_id" text not null, "purchase_order_id" text not null, "event" text not null, "from" text null, "to" text not null, "actor_type" text not null, "actor_id" text not null, "reason" text null, "details" jsonb null, "at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_purchase_order_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_event_purchase_order_id" ON "wholesale_purchase_order_event" ("purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_event_deleted_at" ON "wholesale_purchase_order_event" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_purchase_order_line" ("id" text not null, "store_id" text not null, "purchase_order_id" text not null, "line_number" integer not null, "supplier_sku" text not null, "title" text not null, "quantity" integer not null, "unit_price" numeric not null, "subtotal" numeric not null, "variant_id" text null, "received_quantity" integer not null default 0, "short_quantity" integer not null default 0, "damaged_quantity" integer not null default 0, "raw_unit_price" jsonb not null, "raw_subtotal" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_purchase_order_line_pkey" primary key ("id"), constraint wholesale_purchase_order_line_open_check check (received_quantity + short_quantity + damaged_quantity <= quantity));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_line_purchase_order_id" ON "wholesale_purchase_order_line" ("purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_line_deleted_at" ON "wholesale_purchase_order_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_order_line_store_id_supplier_sku" ON "wholesale_purchase_order_line" ("store_id", "supplier_sku") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_purchase_series" ("id" text not null, "store_id" text not null, "series" text not null, "year" integer not null, "last_sequence" integer not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_purchase_series_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_purchase_series_deleted_at" ON "wholesale_purchase_series" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_purchase_series_store_id_series_year_unique" ON "wholesale_purchase_series" ("store_id", "series", "year") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_receipt" ("id" text not null, "store_id" text not null, "purchase_order_id" text not null, "sequence" integer not null, "location_id" text not null, "status" text check ("status" in ('pending', 'done')) not null default 'pending', "received_at" timestamptz not null, "note" text null, "revision" integer not null default 0, "announced_revision" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_receipt_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_purchase_order_id" ON "wholesale_receipt" ("purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_deleted_at" ON "wholesale_receipt" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_receipt_purchase_order_id_sequence_unique" ON "wholesale_receipt" ("purchase_order_id", "sequence") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_store_id_created_at" ON "wholesale_receipt" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_pending" ON "wholesale_receipt" ("created_at") WHERE status = 'pending' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_behind" ON "wholesale_receipt" ("id") WHERE revision > announced_revision AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_receipt_line" ("id" text not null, "store_id" text not null, "receipt_id" text not null, "purchase_order_line_id" text not null, "variant_id" text null, "received_quantity" integer not null, "short_quantity" integer not null, "damaged_quantity" integer not null, "stocked" boolean not null default false, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_receipt_line_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_line_receipt_id" ON "wholesale_receipt_line" ("receipt_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_line_purchase_order_line_id" ON "wholesale_receipt_line" ("purchase_order_line_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_line_deleted_at" ON "wholesale_receipt_line" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receipt_line_unstocked" ON "wholesale_receipt_line" ("store_id") WHERE stocked = false AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_purchase_order_event" add constraint "wholesale_purchase_order_event_purchase_order_id_foreign" foreign key ("purchase_order_id") references "wholesale_purchase_order" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table if exists "wholesale_purchase_order_line" add constraint "wholesale_purchase_order_line_purchase_order_id_foreign" foreign key ("purchase_order_id") references "wholesale_purchase_order" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table if exists "wholesale_receipt" add constraint "wholesale_receipt_purchase_order_id_foreign" foreign key ("purchase_order_id") references "wholesale_purchase_order" ("id") on update cascade;`);

    this.addSql(`alter table if exists "wholesale_receipt_line" add constraint "wholesale_receipt_line_receipt_id_foreign" foreign key ("receipt_id") references "wholesale_receipt" ("id") on update cascade on delete cascade;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_purchase_order_event" drop constraint if exists "wholesale_purchase_order_event_purchase_order_id_foreign";`);

    this.addSql(`alter table if exists "wholesale_purchase_order_line" drop constraint if exists "wholesale_purchase_order_line_purchase_order_id_foreign";`);

    this.addSql(`alter table if exists "wholesale_receipt" drop constraint if exists "wholesale_receipt_purchase_order_id_foreign";`);

    this.addSql(`alter table if exists "wholesale_receipt_line" drop constraint if exists "wholesale_receipt_line_receipt_id_foreign";`);

    this.addSql(`drop table if exists "wholesale_purchase_order" cascade;`);

    this.addSql(`drop table if exists "wholesale_purchase_order_event" cascade;`);

    this.addSql(`drop table if exists "wholesale_purchase_order_line" cascade;`);

    this.addSql(`drop table if exists "wholesale_purchase_series" cascade;`);

    this.addSql(`drop table if exists "wholesale_receipt" cascade;`);

    this.addSql(`drop table if exists "wholesale_receipt_line" cascade;`);
  }

}
