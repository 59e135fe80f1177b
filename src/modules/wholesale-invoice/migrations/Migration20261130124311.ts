import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130124311 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_credit_note_account_id_issued_at" ON "wholesale_credit_note" ("account_id", "issued_at") WHERE deleted_at IS NULL;`);

    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_voided" ON "wholesale_invoice" ("store_id", "voided_at") WHERE voided_at IS NOT NULL AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_wholesale_credit_note_account_id_issued_at";`);

    this.addSql(`drop index if exists "IDX_wholesale_invoice_voided";`);
  }

}
