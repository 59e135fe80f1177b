import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130125828 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_account_change" ("id" text not null, "store_id" text not null, "account_id" text not null, "field" text not null, "from_value" text null, "to_value" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_account_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_change_deleted_at" ON "wholesale_account_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_account_change_account_id_changed_at" ON "wholesale_account_change" ("account_id", "changed_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_account_change" cascade;`);
  }

}
