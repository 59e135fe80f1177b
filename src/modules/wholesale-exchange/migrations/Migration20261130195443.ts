import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130195443 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_relay_channel" add column if not exists "unopened_count" integer not null default 0, add column if not exists "unopened_since" timestamptz null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_relay_channel" drop column if exists "unopened_count", drop column if exists "unopened_since";`);
  }

}
