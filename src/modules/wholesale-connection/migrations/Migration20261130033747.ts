import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130033747 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_pairing_code" drop constraint if exists "wholesale_pairing_code_session_id_unique";`);
    this.addSql(`alter table if exists "wholesale_pairing_code" add column if not exists "transport" text not null default 'local', add column if not exists "relay_url" text null, add column if not exists "session_id" text null, add column if not exists "pairing_id" text null;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_pairing_code_session_id_unique" ON "wholesale_pairing_code" ("session_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pairing_code_pairing_id" ON "wholesale_pairing_code" ("pairing_id") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_pairing_code_session_id_unique";`);
    this.addSql(`drop index if exists "IDX_wholesale_pairing_code_pairing_id";`);
    this.addSql(`alter table if exists "wholesale_pairing_code" drop column if exists "transport", drop column if exists "relay_url", drop column if exists "session_id", drop column if exists "pairing_id";`);
  }

}
