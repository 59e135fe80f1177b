import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** A revision becomes an edition under the same value: files that are kept, and their ids, stay what they are. */
export class Migration20261130194500 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_stored_document_once";`);
    this.addSql(`alter table if exists "wholesale_stored_document" drop constraint if exists "wholesale_stored_document_document_type_check";`);

    this.addSql(`alter table if exists "wholesale_stored_document" rename column "revision" to "edition";`);
    this.addSql(`alter table if exists "wholesale_stored_document" alter column "edition" type text using ("edition"::text);`);
    this.addSql(`alter table if exists "wholesale_stored_document" add constraint "wholesale_stored_document_document_type_check" check("document_type" in ('invoice', 'credit_note', 'packing_slip', 'statement'));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_stored_document_once" ON "wholesale_stored_document" ("document_type", "document_id", "edition", "format") WHERE deleted_at IS NULL;`);
  }

  /** What a revision cannot say is forgotten; its files stay in the file module. */
  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_stored_document_once";`);
    this.addSql(`alter table if exists "wholesale_stored_document" drop constraint if exists "wholesale_stored_document_document_type_check";`);

    this.addSql(`delete from "wholesale_stored_document" where "document_type" not in ('invoice', 'credit_note');`);
    this.addSql(`alter table if exists "wholesale_stored_document" alter column "edition" type integer using ("edition"::integer);`);
    this.addSql(`alter table if exists "wholesale_stored_document" rename column "edition" to "revision";`);
    this.addSql(`alter table if exists "wholesale_stored_document" add constraint "wholesale_stored_document_document_type_check" check("document_type" in ('invoice', 'credit_note'));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_stored_document_once" ON "wholesale_stored_document" ("document_type", "document_id", "revision", "format") WHERE deleted_at IS NULL;`);
  }

}
