import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130114157 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_invoice_batch" ("id" text not null, "store_id" text not null, "run_id" text not null, "account_id" text not null, "connection_id" text null, "currency_code" text not null, "terms" jsonb not null, "parts" jsonb not null, "invoice_at" timestamptz not null, "actor_type" text not null, "actor_id" text not null, "done_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_invoice_batch_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_batch_deleted_at" ON "wholesale_invoice_batch" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_batch_store_id_run_id" ON "wholesale_invoice_batch" ("store_id", "run_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_batch_open" ON "wholesale_invoice_batch" ("id") WHERE done_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_order" add column if not exists "invoice_consolidation" text check ("invoice_consolidation" in ('none', 'manual', 'weekly', 'monthly')) null, add column if not exists "invoice_parts_waiting" jsonb not null default '[]';`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_invoice_parts_waiting" ON "wholesale_order" ("store_id", "account_id", "id") WHERE invoice_parts_waiting <> '[]'::jsonb AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_invoice_batch" cascade;`);

    this.addSql(`drop index if exists "IDX_wholesale_order_invoice_parts_waiting";`);
    this.addSql(`alter table if exists "wholesale_order" drop column if exists "invoice_consolidation", drop column if exists "invoice_parts_waiting";`);
  }

}
