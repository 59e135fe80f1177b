import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130130634 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_late_charge" add column if not exists "void_actor_type" text null, add column if not exists "void_actor_id" text null;`);

    this.addSql(`alter table if exists "wholesale_payment_allocation" add column if not exists "reason" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_late_charge" drop column if exists "void_actor_type", drop column if exists "void_actor_id";`);

    this.addSql(`alter table if exists "wholesale_payment_allocation" drop column if exists "reason";`);
  }

}
