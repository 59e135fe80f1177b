import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Days alone become payment terms of days after the invoice. */
export class Migration20261130074026 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" add column if not exists "default_terms" jsonb null;`);
    this.addSql(`update "wholesale_store" set "default_terms" = jsonb_build_object('type', 'net', 'days', "default_terms_days", 'discount', null);`);
    this.addSql(`alter table if exists "wholesale_store" alter column "default_terms" set not null;`);
    this.addSql(`alter table if exists "wholesale_store" drop column if exists "default_terms_days";`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" add column if not exists "default_terms_days" integer null;`);
    this.addSql(`update "wholesale_store" set "default_terms_days" = ("default_terms"->>'days')::integer;`);
    this.addSql(`alter table if exists "wholesale_store" alter column "default_terms_days" set not null;`);
    this.addSql(`alter table if exists "wholesale_store" drop column if exists "default_terms";`);
  }

}
