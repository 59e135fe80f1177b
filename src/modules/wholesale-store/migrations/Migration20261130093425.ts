import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130093425 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" add column if not exists "registration_number" text null, add column if not exists "bank_account" jsonb null, add column if not exists "brand_color" text null, add column if not exists "logo_file_id" text null, add column if not exists "locale" text not null default 'en', add column if not exists "footer_note" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" drop column if exists "registration_number", drop column if exists "bank_account", drop column if exists "brand_color", drop column if exists "logo_file_id", drop column if exists "locale", drop column if exists "footer_note";`);
  }

}
