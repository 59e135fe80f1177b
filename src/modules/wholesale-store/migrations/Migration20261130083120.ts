import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130083120 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" add column if not exists "credit_manager_email" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" drop column if exists "credit_manager_email";`);
  }

}
