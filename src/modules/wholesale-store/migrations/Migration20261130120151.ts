import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130120151 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" add column if not exists "invoice_consolidation" text check ("invoice_consolidation" in ('none', 'manual', 'weekly', 'monthly')) not null default 'none', add column if not exists "invoice_series" jsonb not null default '[]';`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" drop column if exists "invoice_consolidation", drop column if exists "invoice_series";`);
  }

}
