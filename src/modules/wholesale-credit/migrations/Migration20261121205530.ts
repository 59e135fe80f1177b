import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121205530 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_credit_entry" drop constraint if exists "wholesale_credit_entry_credit_account_id_sequence_unique";`);
    this.addSql(`alter table if exists "wholesale_credit_entry" drop constraint if exists "wholesale_credit_entry_store_id_key_unique";`);
    this.addSql(`alter table if exists "wholesale_credit_account" drop constraint if exists "wholesale_credit_account_account_id_unique";`);
    this.addSql(`create table if not exists "wholesale_credit_account" ("id" text not null, "store_id" text not null, "account_id" text not null, "currency_code" text not null, "credit_limit" numeric null, "balance" numeric not null default 0, "reserved" numeric not null default 0, "entry_count" integer not null default 0, "raw_credit_limit" jsonb null, "raw_balance" jsonb not null default '{"value":"0","precision":20}', "raw_reserved" jsonb not null default '{"value":"0","precision":20}', "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_account_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_account_deleted_at" ON "wholesale_credit_account" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_account_account_id_unique" ON "wholesale_credit_account" ("account_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_account_store_id_account_id" ON "wholesale_credit_account" ("store_id", "account_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_entry" ("id" text not null, "store_id" text not null, "credit_account_id" text not null, "sequence" integer not null, "kind" text check ("kind" in ('reserve', 'void', 'post', 'unpost', 'restore', 'invoice_difference', 'payment', 'credit_note', 'refund', 'adjustment')) not null, "balance_delta" numeric not null, "reserved_delta" numeric not null, "balance_after" numeric not null, "reserved_after" numeric not null, "key" text not null, "reservation_key" text null, "reference_type" text not null, "reference_id" text not null, "reason" text null, "actor_type" text not null, "actor_id" text not null, "raw_balance_delta" jsonb not null, "raw_reserved_delta" jsonb not null, "raw_balance_after" jsonb not null, "raw_reserved_after" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_entry_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_deleted_at" ON "wholesale_credit_entry" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_store_id_key_unique" ON "wholesale_credit_entry" ("store_id", "key") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_credit_account_id_sequence_unique" ON "wholesale_credit_entry" ("credit_account_id", "sequence") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_credit_account_id_reservation_key" ON "wholesale_credit_entry" ("credit_account_id", "reservation_key") WHERE reservation_key IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_reference_id" ON "wholesale_credit_entry" ("reference_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_limit_change" ("id" text not null, "store_id" text not null, "credit_account_id" text not null, "from_limit" numeric null, "to_limit" numeric null, "reason" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "raw_from_limit" jsonb null, "raw_to_limit" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_limit_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_limit_change_deleted_at" ON "wholesale_credit_limit_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_limit_change_credit_account_id_changed_at" ON "wholesale_credit_limit_change" ("credit_account_id", "changed_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_credit_account" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_entry" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_limit_change" cascade;`);
  }

}
