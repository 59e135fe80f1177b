import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Credit learns rules, holds, decisions and groups; the audit of limits becomes one of every setting. */
export class Migration20261130074836 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_credit_group" drop constraint if exists "wholesale_credit_group_store_id_name_unique";`);
    this.addSql(`create table if not exists "wholesale_credit_change" ("id" text not null, "store_id" text not null, "credit_account_id" text null, "group_id" text null, "field" text not null, "from_value" text null, "to_value" text null, "reason" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_change_deleted_at" ON "wholesale_credit_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_change_credit_account_id_changed_at" ON "wholesale_credit_change" ("credit_account_id", "changed_at") WHERE credit_account_id IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_change_group_id_changed_at" ON "wholesale_credit_change" ("group_id", "changed_at") WHERE group_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_decision" ("id" text not null, "store_id" text not null, "account_id" text not null, "order_id" text not null, "kind" text check ("kind" in ('approve', 'partial', 'decline')) not null, "is_override" boolean not null default false, "amount" numeric null, "child_order_id" text null, "reason" text not null, "figures" jsonb not null, "actor_type" text not null, "actor_id" text not null, "decided_at" timestamptz not null, "raw_amount" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_decision_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_decision_deleted_at" ON "wholesale_credit_decision" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_decision_order_id" ON "wholesale_credit_decision" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_decision_store_id_id" ON "wholesale_credit_decision" ("store_id", "id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_group" ("id" text not null, "store_id" text not null, "name" text not null, "currency_code" text not null, "credit_limit" numeric null, "policy" text check ("policy" in ('block', 'hold')) not null default 'block', "soft_threshold_percent" numeric null, "hard_threshold_percent" numeric null, "raw_credit_limit" jsonb null, "raw_soft_threshold_percent" jsonb null, "raw_hard_threshold_percent" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_group_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_group_deleted_at" ON "wholesale_credit_group" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_group_store_id_name_unique" ON "wholesale_credit_group" ("store_id", "name") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_hold" ("id" text not null, "store_id" text not null, "account_id" text not null, "order_id" text null, "kind" text check ("kind" in ('soft', 'hard', 'past_due', 'manual')) not null, "basis" text check ("basis" in ('account', 'group', 'order')) not null, "status" text check ("status" in ('active', 'released', 'overridden', 'declined', 'cancelled')) not null default 'active', "figures" jsonb not null, "reason" text null, "amount" numeric null, "reservation_key" text null, "is_prepaid" boolean not null default false, "waiting_since" timestamptz not null, "placed_at" timestamptz not null, "actor_type" text not null, "actor_id" text not null, "ended_at" timestamptz null, "end_reason" text null, "ended_by_type" text null, "ended_by_id" text null, "raw_amount" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_hold_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_deleted_at" ON "wholesale_credit_hold" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_active_order" ON "wholesale_credit_hold" ("order_id", "kind", "basis") WHERE status = 'active' AND order_id IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_active_account" ON "wholesale_credit_hold" ("account_id") WHERE status = 'active' AND order_id IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_waiting" ON "wholesale_credit_hold" ("account_id") WHERE status = 'active' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_reservation_key" ON "wholesale_credit_hold" ("reservation_key") WHERE reservation_key IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_order_id" ON "wholesale_credit_hold" ("order_id") WHERE order_id IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_hold_store_id_status_id" ON "wholesale_credit_hold" ("store_id", "status", "id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_credit_notice" ("id" text not null, "store_id" text not null, "account_id" text not null, "order_id" text not null, "event" text check ("event" in ('held', 'released', 'approved', 'partially_approved', 'declined')) not null, "details" jsonb not null, "due_at" timestamptz null, "attempts" integer not null default 0, "sent_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_notice_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_notice_deleted_at" ON "wholesale_credit_notice" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_notice_due" ON "wholesale_credit_notice" ("due_at") WHERE due_at IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_notice_order_id" ON "wholesale_credit_notice" ("order_id") WHERE deleted_at IS NULL;`);

    this.addSql(`insert into "wholesale_credit_change" ("id", "store_id", "credit_account_id", "field", "from_value", "to_value", "reason", "actor_type", "actor_id", "changed_at", "created_at", "updated_at", "deleted_at") select "id", "store_id", "credit_account_id", 'credit_limit', "raw_from_limit"->>'value', "raw_to_limit"->>'value', "reason", "actor_type", "actor_id", "changed_at", "created_at", "updated_at", "deleted_at" from "wholesale_credit_limit_change";`);
    this.addSql(`drop table if exists "wholesale_credit_limit_change" cascade;`);

    this.addSql(`alter table if exists "wholesale_credit_account" add column if not exists "group_id" text null, add column if not exists "policy" text check ("policy" in ('block', 'hold')) not null default 'block', add column if not exists "soft_threshold_percent" numeric null, add column if not exists "hard_threshold_percent" numeric null, add column if not exists "past_due_days" integer null, add column if not exists "past_due_tolerance" numeric null, add column if not exists "raw_soft_threshold_percent" jsonb null, add column if not exists "raw_hard_threshold_percent" jsonb null, add column if not exists "raw_past_due_tolerance" jsonb null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_account_group_id" ON "wholesale_credit_account" ("group_id") WHERE group_id IS NOT NULL AND deleted_at IS NULL;`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_credit_account_id_created_at" ON "wholesale_credit_entry" ("credit_account_id", "created_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_credit_limit_change" ("id" text not null, "store_id" text not null, "credit_account_id" text not null, "from_limit" numeric null, "to_limit" numeric null, "reason" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "raw_from_limit" jsonb null, "raw_to_limit" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_credit_limit_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_limit_change_deleted_at" ON "wholesale_credit_limit_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_limit_change_credit_account_id_changed_at" ON "wholesale_credit_limit_change" ("credit_account_id", "changed_at") WHERE deleted_at IS NULL;`);

    this.addSql(`insert into "wholesale_credit_limit_change" ("id", "store_id", "credit_account_id", "from_limit", "raw_from_limit", "to_limit", "raw_to_limit", "reason", "actor_type", "actor_id", "changed_at", "created_at", "updated_at", "deleted_at") select "id", "store_id", "credit_account_id", "from_value"::numeric, jsonb_build_object('value', "from_value", 'precision', 20), "to_value"::numeric, jsonb_build_object('value', "to_value", 'precision', 20), "reason", "actor_type", "actor_id", "changed_at", "created_at", "updated_at", "deleted_at" from "wholesale_credit_change" where "field" = 'credit_limit' and "credit_account_id" is not null;`);
    this.addSql(`update "wholesale_credit_limit_change" set "raw_from_limit" = case when "from_limit" is null then null else "raw_from_limit" end, "raw_to_limit" = case when "to_limit" is null then null else "raw_to_limit" end;`);
    this.addSql(`drop table if exists "wholesale_credit_change" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_decision" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_group" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_hold" cascade;`);

    this.addSql(`drop table if exists "wholesale_credit_notice" cascade;`);

    this.addSql(`drop index if exists "IDX_wholesale_credit_account_group_id";`);
    this.addSql(`alter table if exists "wholesale_credit_account" drop column if exists "group_id", drop column if exists "policy", drop column if exists "soft_threshold_percent", drop column if exists "hard_threshold_percent", drop column if exists "past_due_days", drop column if exists "past_due_tolerance", drop column if exists "raw_soft_threshold_percent", drop column if exists "raw_hard_threshold_percent", drop column if exists "raw_past_due_tolerance";`);

    this.addSql(`drop index if exists "IDX_wholesale_credit_entry_credit_account_id_created_at";`);
  }

}
