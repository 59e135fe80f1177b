import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130074619 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_credit_entry" drop constraint if exists "wholesale_credit_entry_kind_check";`);

    this.addSql(`alter table if exists "wholesale_credit_entry" add constraint "wholesale_credit_entry_kind_check" check("kind" in ('reserve', 'void', 'post', 'unpost', 'restore', 'suspend', 'resume', 'invoice_difference', 'payment', 'payment_void', 'credit_note', 'refund', 'discount', 'discount_void', 'write_off', 'write_off_void', 'late_charge', 'late_charge_void', 'adjustment'));`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_credit_entry" drop constraint if exists "wholesale_credit_entry_kind_check";`);

    this.addSql(`alter table if exists "wholesale_credit_entry" add constraint "wholesale_credit_entry_kind_check" check("kind" in ('reserve', 'void', 'post', 'unpost', 'restore', 'invoice_difference', 'payment', 'credit_note', 'refund', 'adjustment'));`);
  }

}
