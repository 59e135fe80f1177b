import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** Entries learn from when they count. Of those that were there all that is known is when they were booked. */
export class Migration20261130150550 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_credit_entry_credit_account_id_created_at";`);

    this.addSql(`alter table if exists "wholesale_credit_entry" add column if not exists "effective_at" timestamptz null;`);
    this.addSql(`update "wholesale_credit_entry" set "effective_at" = "created_at" where "effective_at" is null;`);
    this.addSql(`alter table if exists "wholesale_credit_entry" alter column "effective_at" set not null;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_effective" ON "wholesale_credit_entry" ("credit_account_id", "effective_at", "sequence") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_credit_entry_effective";`);
    this.addSql(`alter table if exists "wholesale_credit_entry" drop column if exists "effective_at";`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_entry_credit_account_id_created_at" ON "wholesale_credit_entry" ("credit_account_id", "created_at") WHERE deleted_at IS NULL;`);
  }

}
