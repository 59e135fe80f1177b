import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130120153 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_account" add column if not exists "invoice_on" text check ("invoice_on" in ('completion', 'approval', 'shipment')) null, add column if not exists "invoice_consolidation" text check ("invoice_consolidation" in ('none', 'manual', 'weekly', 'monthly')) null, add column if not exists "invoice_series" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_account" drop column if exists "invoice_on", drop column if exists "invoice_consolidation", drop column if exists "invoice_series";`);
  }

}
