import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121210020 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_idempotency_key" ("id" text not null, "store_id" text not null, "actor_id" text not null, "route" text not null, "key" text not null, "request_hash" text not null, "status" text check ("status" in ('running', 'done')) not null, "response_status" integer null, "response_body" text null, "lease_until" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_idempotency_key_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_idempotency_key_deleted_at" ON "wholesale_idempotency_key" ("deleted_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_idempotency_key" cascade;`);
  }

}
