import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130090217 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_dunning_notice" drop constraint if exists "wholesale_dunning_notice_invoice_id_level_unique";`);
    this.addSql(`alter table if exists "wholesale_dunning_level" drop constraint if exists "wholesale_dunning_level_store_id_level_unique";`);
    this.addSql(`create table if not exists "wholesale_dunning_level" ("id" text not null, "store_id" text not null, "level" integer not null, "days_late" integer not null, "currency_code" text not null, "fee" numeric null, "interest_percent" numeric null, "raw_fee" jsonb null, "raw_interest_percent" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_dunning_level_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_dunning_level_deleted_at" ON "wholesale_dunning_level" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_dunning_level_store_id_level_unique" ON "wholesale_dunning_level" ("store_id", "level") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_dunning_notice" ("id" text not null, "store_id" text not null, "account_id" text not null, "invoice_id" text not null, "level" integer not null, "days_late" integer not null, "reached_at" timestamptz not null, "notice_due_at" timestamptz null, "notice_attempts" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_dunning_notice_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_dunning_notice_deleted_at" ON "wholesale_dunning_notice" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_dunning_notice_invoice_id_level_unique" ON "wholesale_dunning_notice" ("invoice_id", "level") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_dunning_notice_due" ON "wholesale_dunning_notice" ("notice_due_at") WHERE notice_due_at IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_dunning_level" cascade;`);

    this.addSql(`drop table if exists "wholesale_dunning_notice" cascade;`);
  }

}
