import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122001039 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_inbox_document" drop constraint if exists "wholesale_inbox_document_revision_unique";`);
    this.addSql(`alter table if exists "wholesale_announcement" drop constraint if exists "wholesale_announcement_revision_unique";`);
    this.addSql(`create table if not exists "wholesale_announcement" ("id" text not null, "store_id" text not null, "connection_id" text not null, "document_type" text not null, "document_id" text not null, "revision" integer not null, "incarnation" integer not null, "content_hash" text not null, "status" text check ("status" in ('delivered', 'failed')) not null, "attempts" integer not null default 1, "last_error" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_announcement_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_announcement_deleted_at" ON "wholesale_announcement" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_announcement_revision_unique" ON "wholesale_announcement" ("connection_id", "document_type", "document_id", "revision", "incarnation") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_announcement_store_id_status" ON "wholesale_announcement" ("store_id", "status") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_inbox_document" ("id" text not null, "store_id" text not null, "connection_id" text not null, "sender_id" text not null, "document_type" text not null, "document_id" text not null, "revision" integer not null, "incarnation" integer not null, "issued_at" timestamptz not null, "content_hash" text not null, "body" jsonb not null, "status" text check ("status" in ('received', 'applied', 'ignored', 'failed', 'unsupported', 'desync')) not null, "error" text null, "conflict" jsonb null, "attempts" integer not null default 0, "next_attempt_at" timestamptz null, "applied_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_inbox_document_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_inbox_document_deleted_at" ON "wholesale_inbox_document" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_inbox_document_revision_unique" ON "wholesale_inbox_document" ("connection_id", "document_type", "document_id", "incarnation", "revision") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_inbox_document_due" ON "wholesale_inbox_document" ("next_attempt_at") WHERE status IN ('received', 'failed') AND next_attempt_at IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_inbox_document_store_id_status" ON "wholesale_inbox_document" ("store_id", "status") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_announcement" cascade;`);

    this.addSql(`drop table if exists "wholesale_inbox_document" cascade;`);
  }

}
