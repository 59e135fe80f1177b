import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130113615 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" add column if not exists "tax_exemption" jsonb null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" drop column if exists "tax_exemption";`);
  }

}
