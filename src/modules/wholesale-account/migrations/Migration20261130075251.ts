import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130075251 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_tax_exemption" ("id" text not null, "store_id" text not null, "account_id" text not null, "location_id" text null, "category" text check ("category" in ('E', 'AE', 'K', 'G', 'O')) not null, "certificate_number" text not null, "reason" text not null, "valid_from" text null, "expires_on" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_tax_exemption_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_tax_exemption_deleted_at" ON "wholesale_tax_exemption" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_tax_exemption_account_id" ON "wholesale_tax_exemption" ("account_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_tax_exemption" cascade;`);
  }

}
