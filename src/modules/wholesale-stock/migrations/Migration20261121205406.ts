import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121205406 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_stock_movement" drop constraint if exists "wholesale_stock_movement_key_unique";`);
    this.addSql(`create table if not exists "wholesale_stock_movement" ("id" text not null, "store_id" text not null, "key" text not null, "kind" text check ("kind" in ('reserve', 'release', 'leave', 'return', 'receive')) not null, "reference_type" text not null, "reference_id" text not null, "items" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_stock_movement_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_stock_movement_deleted_at" ON "wholesale_stock_movement" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_stock_movement_key_unique" ON "wholesale_stock_movement" ("key") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_stock_movement_reference" ON "wholesale_stock_movement" ("store_id", "reference_type", "reference_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_stock_movement" cascade;`);
  }

}
