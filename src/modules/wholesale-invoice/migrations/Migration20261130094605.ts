import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130094605 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_stored_document" ("id" text not null, "store_id" text not null, "document_type" text check ("document_type" in ('invoice', 'credit_note')) not null, "document_id" text not null, "revision" integer not null, "format" text check ("format" in ('pdf', 'ubl', 'factur_x')) not null, "file_id" text not null, "filename" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_stored_document_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_stored_document_deleted_at" ON "wholesale_stored_document" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_stored_document_once" ON "wholesale_stored_document" ("document_type", "document_id", "revision", "format") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_stored_document" cascade;`);
  }

}
