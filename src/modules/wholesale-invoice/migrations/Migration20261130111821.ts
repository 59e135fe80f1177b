import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130111821 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_bill" add column if not exists "charge_total" numeric not null default 0, add column if not exists "raw_charge_total" jsonb not null default '{"value":"0","precision":20}';`);

    this.addSql(`alter table if exists "wholesale_credit_note" add column if not exists "charge_total" numeric not null default 0, add column if not exists "raw_charge_total" jsonb not null default '{"value":"0","precision":20}';`);

    this.addSql(`alter table if exists "wholesale_invoice" add column if not exists "charge_total" numeric not null default 0, add column if not exists "raw_charge_total" jsonb not null default '{"value":"0","precision":20}';`);

    this.addSql(`alter table if exists "wholesale_invoice_line" add column if not exists "kind" text check ("kind" in ('item', 'shipping', 'handling')) not null default 'item';`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_bill" drop column if exists "charge_total", drop column if exists "raw_charge_total";`);

    this.addSql(`alter table if exists "wholesale_credit_note" drop column if exists "charge_total", drop column if exists "raw_charge_total";`);

    this.addSql(`alter table if exists "wholesale_invoice" drop column if exists "charge_total", drop column if exists "raw_charge_total";`);

    this.addSql(`alter table if exists "wholesale_invoice_line" drop column if exists "kind";`);
  }

}
