import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130125006 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_store_change" ("id" text not null, "store_id" text not null, "field" text not null, "from_value" text null, "to_value" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_store_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_store_change_deleted_at" ON "wholesale_store_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_store_change_store_id_changed_at" ON "wholesale_store_change" ("store_id", "changed_at") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_store" add column if not exists "default_credit" jsonb null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_store_change" cascade;`);

    this.addSql(`alter table if exists "wholesale_store" drop column if exists "default_credit";`);
  }

}
