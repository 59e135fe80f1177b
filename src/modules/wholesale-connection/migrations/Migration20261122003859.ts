import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122003859 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_pairing_code" drop constraint if exists "wholesale_pairing_code_slot_unique";`);
    this.addSql(`alter table if exists "wholesale_connection" drop constraint if exists "wholesale_connection_store_id_pairing_id_unique";`);
    this.addSql(`create table if not exists "wholesale_connection" ("id" text not null, "store_id" text not null, "role" text check ("role" in ('distributor', 'retailer')) not null, "pairing_id" text not null, "transport" text not null default 'local', "partner_store_id" text null, "partner_name" text not null, "partner_profile" jsonb not null, "status" text check ("status" in ('requested', 'active', 'suspended', 'rejected', 'revoked')) not null, "partner_status" text check ("partner_status" in ('requested', 'active', 'suspended', 'rejected', 'revoked')) not null, "effective_status" text check ("effective_status" in ('requested', 'active', 'suspended', 'rejected', 'revoked')) not null, "account_id" text null, "reason" text null, "requested_at" timestamptz not null, "approved_at" timestamptz null, "revision" integer not null default 1, "announced_revision" integer not null default 0, "profile_revision" integer not null default 0, "partner_incarnation" integer not null default 0, "partner_revision" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_connection_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_connection_deleted_at" ON "wholesale_connection" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_connection_store_id_pairing_id_unique" ON "wholesale_connection" ("store_id", "pairing_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_connection_one_alive" ON "wholesale_connection" ("store_id", "partner_store_id", "role") WHERE effective_status NOT IN ('rejected', 'revoked') AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_connection_store_id_effective_status" ON "wholesale_connection" ("store_id", "effective_status") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_connection_account_id" ON "wholesale_connection" ("account_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_connection_to_announce" ON "wholesale_connection" ("updated_at") WHERE revision <> announced_revision AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_connection_event" ("id" text not null, "store_id" text not null, "connection_id" text not null, "event" text not null, "from" text check ("from" in ('requested', 'active', 'suspended', 'rejected', 'revoked')) null, "to" text check ("to" in ('requested', 'active', 'suspended', 'rejected', 'revoked')) not null, "actor_type" text not null, "actor_id" text not null, "reason" text null, "details" jsonb null, "at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_connection_event_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_connection_event_deleted_at" ON "wholesale_connection_event" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_connection_event_connection_id_at" ON "wholesale_connection_event" ("connection_id", "at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_pairing_attempt" ("id" text not null, "store_id" text not null, "at" timestamptz not null, "succeeded" boolean not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_pairing_attempt_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pairing_attempt_deleted_at" ON "wholesale_pairing_attempt" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pairing_attempt_at" ON "wholesale_pairing_attempt" ("at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_pairing_code" ("id" text not null, "store_id" text not null, "slot" text not null, "lookup_hash" text not null, "secret_encrypted" text null, "status" text check ("status" in ('active', 'used', 'expired', 'cancelled')) not null default 'active', "expires_at" timestamptz not null, "attempts" integer not null default 0, "max_attempts" integer not null default 5, "used_by_store_id" text null, "used_at" timestamptz null, "actor_type" text not null, "actor_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_pairing_code_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pairing_code_deleted_at" ON "wholesale_pairing_code" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_pairing_code_slot_unique" ON "wholesale_pairing_code" ("slot") WHERE status = 'active' AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pairing_code_store_id_status" ON "wholesale_pairing_code" ("store_id", "status") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pairing_code_expiry" ON "wholesale_pairing_code" ("expires_at") WHERE status = 'active' AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_connection" cascade;`);

    this.addSql(`drop table if exists "wholesale_connection_event" cascade;`);

    this.addSql(`drop table if exists "wholesale_pairing_attempt" cascade;`);

    this.addSql(`drop table if exists "wholesale_pairing_code" cascade;`);
  }

}
