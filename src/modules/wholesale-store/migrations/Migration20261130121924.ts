import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130121924 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_books_check" drop constraint if exists "wholesale_books_check_store_id_day_unique";`);
    this.addSql(`create table if not exists "wholesale_books_check" ("id" text not null, "store_id" text not null, "day" text not null, "checked_at" timestamptz not null, "difference_count" integer not null, "differences" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_books_check_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_books_check_deleted_at" ON "wholesale_books_check" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_books_check_store_id_day_unique" ON "wholesale_books_check" ("store_id", "day") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_books_check_store_id_checked_at" ON "wholesale_books_check" ("store_id", "checked_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_books_check" cascade;`);
  }

}
