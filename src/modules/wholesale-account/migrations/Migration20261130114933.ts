import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130114933 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_account" add column if not exists "price_tier_id" text null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_price_tier_id" ON "wholesale_account" ("price_tier_id") WHERE price_tier_id IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_account_price_tier_id";`);
    this.addSql(`alter table if exists "wholesale_account" drop column if exists "price_tier_id";`);
  }

}
