import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Days alone become payment terms of days after the invoice. */
export class Migration20261130074028 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_invoice" add column if not exists "terms" jsonb null;`);
    this.addSql(`update "wholesale_invoice" set "terms" = jsonb_build_object('type', 'net', 'days', "terms_days", 'discount', null);`);
    this.addSql(`alter table if exists "wholesale_invoice" alter column "terms" set not null;`);
    this.addSql(`alter table if exists "wholesale_invoice" drop column if exists "terms_days";`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_invoice" add column if not exists "terms_days" integer null;`);
    this.addSql(`update "wholesale_invoice" set "terms_days" = ("terms"->>'days')::integer;`);
    this.addSql(`alter table if exists "wholesale_invoice" alter column "terms_days" set not null;`);
    this.addSql(`alter table if exists "wholesale_invoice" drop column if exists "terms";`);
  }

}
