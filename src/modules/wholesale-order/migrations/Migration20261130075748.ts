import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130075748 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_order" drop constraint if exists "wholesale_order_purchase_order_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_order_connection_id_purchase_order_id_unique";`);

    this.addSql(`alter table if exists "wholesale_order" add column if not exists "held_at" timestamptz null, add column if not exists "hold_kinds" jsonb null;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_purchase_order_unique" ON "wholesale_order" ("connection_id", "purchase_order_id") WHERE parent_id is null AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_connection_id_purchase_order_id" ON "wholesale_order" ("connection_id", "purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_parent" ON "wholesale_order" ("parent_id") WHERE parent_id is not null AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_order_held" ON "wholesale_order" ("store_id") WHERE held_at is not null AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_order_purchase_order_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_order_connection_id_purchase_order_id";`);
    this.addSql(`drop index if exists "IDX_wholesale_order_parent";`);
    this.addSql(`drop index if exists "IDX_wholesale_order_held";`);
    this.addSql(`alter table if exists "wholesale_order" drop column if exists "held_at", drop column if exists "hold_kinds";`);

    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_order_connection_id_purchase_order_id_unique" ON "wholesale_order" ("connection_id", "purchase_order_id") WHERE deleted_at IS NULL;`);
  }

}
