import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130123111 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order_charge" add column if not exists "by_hand" boolean not null default false;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order_charge" drop column if exists "by_hand";`);
  }

}
