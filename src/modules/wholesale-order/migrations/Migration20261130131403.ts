import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130131403 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" add column if not exists "invoice_parts_returned" jsonb null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" drop column if exists "invoice_parts_returned";`);
  }

}
