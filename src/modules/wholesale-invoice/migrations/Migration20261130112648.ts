import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130112648 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`create table if not exists "wholesale_receivable_change" ("id" text not null, "store_id" text not null, "account_id" text null, "field" text not null, "from_value" text null, "to_value" text null, "reason" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_receivable_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receivable_change_deleted_at" ON "wholesale_receivable_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_receivable_change_store_id_account_id_changed_at" ON "wholesale_receivable_change" ("store_id", "account_id", "changed_at") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_invoice" drop constraint if exists "wholesale_invoice_status_check";`);

    this.addSql(`alter table if exists "wholesale_invoice_event" drop constraint if exists "wholesale_invoice_event_from_check";`);
    this.addSql(`alter table if exists "wholesale_invoice_event" drop constraint if exists "wholesale_invoice_event_to_check";`);

    this.addSql(`alter table if exists "wholesale_invoice" add constraint "wholesale_invoice_status_check" check("status" in ('issued', 'partially_paid', 'paid', 'credited', 'void', 'written_off'));`);

    this.addSql(`alter table if exists "wholesale_invoice_event" add constraint "wholesale_invoice_event_from_check" check("from" in ('issued', 'partially_paid', 'paid', 'credited', 'void', 'written_off'));`);
    this.addSql(`alter table if exists "wholesale_invoice_event" add constraint "wholesale_invoice_event_to_check" check("to" in ('issued', 'partially_paid', 'paid', 'credited', 'void', 'written_off'));`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_receivable_change" cascade;`);

    this.addSql(`alter table if exists "wholesale_invoice" drop constraint if exists "wholesale_invoice_status_check";`);

    this.addSql(`alter table if exists "wholesale_invoice_event" drop constraint if exists "wholesale_invoice_event_from_check";`);
    this.addSql(`alter table if exists "wholesale_invoice_event" drop constraint if exists "wholesale_invoice_event_to_check";`);

    this.addSql(`alter table if exists "wholesale_invoice" add constraint "wholesale_invoice_status_check" check("status" in ('issued', 'partially_paid', 'paid', 'credited', 'void'));`);

    this.addSql(`alter table if exists "wholesale_invoice_event" add constraint "wholesale_invoice_event_from_check" check("from" in ('issued', 'partially_paid', 'paid', 'credited', 'void'));`);
    this.addSql(`alter table if exists "wholesale_invoice_event" add constraint "wholesale_invoice_event_to_check" check("to" in ('issued', 'partially_paid', 'paid', 'credited', 'void'));`);
  }

}
