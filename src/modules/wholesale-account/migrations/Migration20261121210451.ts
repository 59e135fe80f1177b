import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121210451 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_employee" drop constraint if exists "wholesale_employee_store_id_customer_id_unique";`);
    this.addSql(`alter table if exists "wholesale_account" drop constraint if exists "wholesale_account_store_id_number_unique";`);
    this.addSql(`create table if not exists "wholesale_account" ("id" text not null, "store_id" text not null, "company_name" text not null, "number" text null, "email" text null, "phone" text null, "tax_number" text null, "currency_code" text not null, "terms_days" integer not null, "kind" text check ("kind" in ('trade', 'cash')) not null, "status" text check ("status" in ('active', 'closed')) not null, "customer_id" text null, "sales_rep_email" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_account_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_deleted_at" ON "wholesale_account" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_account_store_id_number_unique" ON "wholesale_account" ("store_id", "number") WHERE number IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_store_id_created_at" ON "wholesale_account" ("store_id", "created_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_customer_id" ON "wholesale_account" ("customer_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_account_location" ("id" text not null, "store_id" text not null, "account_id" text not null, "name" text not null, "address_1" text not null, "address_2" text null, "city" text null, "postal_code" text null, "province" text null, "country_code" text not null, "phone" text null, "is_default_shipping" boolean not null, "is_default_billing" boolean not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_account_location_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_location_deleted_at" ON "wholesale_account_location" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_location_account_id" ON "wholesale_account_location" ("account_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_account_location_default_shipping" ON "wholesale_account_location" ("account_id") WHERE is_default_shipping AND deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_account_location_default_billing" ON "wholesale_account_location" ("account_id") WHERE is_default_billing AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_employee" ("id" text not null, "store_id" text not null, "account_id" text not null, "customer_id" text not null, "role" text check ("role" in ('buyer', 'admin')) not null, "status" text check ("status" in ('active', 'disabled')) not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_employee_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_employee_deleted_at" ON "wholesale_employee" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_employee_store_id_customer_id_unique" ON "wholesale_employee" ("store_id", "customer_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_employee_account_id" ON "wholesale_employee" ("account_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_employee_customer_id" ON "wholesale_employee" ("customer_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_account" cascade;`);

    this.addSql(`drop table if exists "wholesale_account_location" cascade;`);

    this.addSql(`drop table if exists "wholesale_employee" cascade;`);
  }

}
