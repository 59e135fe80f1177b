import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130120506 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_purchase_order" add column if not exists "charge_total" numeric not null default 0, add column if not exists "raw_charge_total" jsonb not null default '{"value":"0","precision":20}';`);

    this.addSql(`alter table if exists "wholesale_supplier_order" add column if not exists "charge_total" numeric not null default 0, add column if not exists "raw_charge_total" jsonb not null default '{"value":"0","precision":20}';`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_purchase_order" drop column if exists "charge_total", drop column if exists "raw_charge_total";`);

    this.addSql(`alter table if exists "wholesale_supplier_order" drop column if exists "charge_total", drop column if exists "raw_charge_total";`);
  }

}
