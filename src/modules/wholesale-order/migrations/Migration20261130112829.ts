import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130112829 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order_charge" drop constraint if exists "wholesale_order_charge_order_id_charge_number_unique";`);
    this.addSql(`create table if not exists "wholesale_order_charge" ("id" text not null, "store_id" text not null, "order_id" text not null, "charge_number" integer not null, "kind" text check ("kind" in ('shipping', 'handling')) not null, "name" text not null, "amount" numeric not null, "waived_amount" numeric null, "tax_rate" numeric not null, "tax_code" text null, "tax_name" text null, "raw_amount" jsonb not null, "raw_waived_amount" jsonb null, "raw_tax_rate" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_order_charge_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_charge_deleted_at" ON "wholesale_order_charge" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_charge_order_id_charge_number_unique" ON "wholesale_order_charge" ("order_id", "charge_number") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_order" add column if not exists "charge_total" numeric not null default 0, add column if not exists "raw_charge_total" jsonb not null default '{"value":"0","precision":20}';`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_order_charge" cascade;`);

    this.addSql(`alter table if exists "wholesale_order" drop column if exists "charge_total", drop column if exists "raw_charge_total";`);
  }

}
