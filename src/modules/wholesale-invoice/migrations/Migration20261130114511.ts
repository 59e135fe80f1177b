import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** The one order of each invoice, whole or by shipment. A void invoice has given its part back. */
const KEEP_ORDERS = `
  insert into "wholesale_invoice_order"
         (id, store_id, invoice_id, order_id, part, order_number, purchase_order_id, purchase_order_number,
          position, withdrawn_at, created_at, updated_at, deleted_at)
  select 'whinvo_' || upper(substr(md5(id), 1, 26)), store_id, id, order_id, part, order_number,
         purchase_order_id, purchase_order_number, 1,
         case when status = 'void' then coalesce(voided_at, updated_at) end, created_at, updated_at, deleted_at
    from "wholesale_invoice";`

const KEEP_BILL_ORDERS = `
  update "wholesale_bill"
     set orders = jsonb_build_array(jsonb_build_object(
           'order_number', order_number, 'purchase_order_id', purchase_order_id,
           'purchase_order_number', purchase_order_number));`

/** An invoice over several parts has no place in one row. */
const REFUSE_TO_LOSE_ORDERS = `
  do $$ begin
    if exists (select 1 from "wholesale_invoice_order" group by invoice_id having count(*) > 1) then
      raise exception 'An invoice is over several orders or shipments: credit it and invoice them apart first.';
    end if;
    if exists (select 1 from "wholesale_invoice_order" where deleted_at is null
                group by order_id, part having count(*) > 1) then
      raise exception 'An order was invoiced again after its invoice was void: only one of both can be kept.';
    end if;
  end $$;`

/**
 * What is on an invoice stands in rows of its own, so that several orders can be; lines name their order.
 * Every invoice keeps the order that it was over, and every bill the one that it named.
 */
export class Migration20261130114511 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_invoice_order" drop constraint if exists "wholesale_invoice_order_part_unique";`);
    this.addSql(`alter table if exists "wholesale_invoice_order" drop constraint if exists "wholesale_invoice_order_invoice_id_position_unique";`);
    this.addSql(`create table if not exists "wholesale_invoice_order" ("id" text not null, "store_id" text not null, "invoice_id" text not null, "order_id" text not null, "part" integer not null, "order_number" text not null, "purchase_order_id" text null, "purchase_order_number" text null, "position" integer not null, "withdrawn_at" timestamptz null, "returned_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_invoice_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_deleted_at" ON "wholesale_invoice_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_invoice_id_position_unique" ON "wholesale_invoice_order" ("invoice_id", "position") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_part_unique" ON "wholesale_invoice_order" ("order_id", "part") WHERE withdrawn_at IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_order_id" ON "wholesale_invoice_order" ("order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_store_id_order_number" ON "wholesale_invoice_order" ("store_id", "order_number") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_to_return" ON "wholesale_invoice_order" ("id") WHERE withdrawn_at IS NOT NULL AND returned_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(KEEP_ORDERS);

    this.addSql(`alter table if exists "wholesale_bill" add column if not exists "orders" jsonb null;`);
    this.addSql(KEEP_BILL_ORDERS);
    this.addSql(`alter table if exists "wholesale_bill" alter column "orders" set not null;`);
    this.addSql(`drop index if exists "IDX_wholesale_bill_purchase_order_id";`);
    this.addSql(`alter table if exists "wholesale_bill" drop column if exists "order_number", drop column if exists "purchase_order_id", drop column if exists "purchase_order_number";`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_orders" ON "wholesale_bill" USING GIN ("orders") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_invoice_line" add column if not exists "order_id" text null;`);
    this.addSql(`update "wholesale_invoice_line" line set "order_id" = invoice.order_id from "wholesale_invoice" invoice where invoice.id = line.invoice_id;`);
    this.addSql(`alter table if exists "wholesale_invoice_line" alter column "order_id" set not null;`);

    this.addSql(`drop index if exists "IDX_wholesale_invoice_order_id_part_unique";`);
    this.addSql(`alter table if exists "wholesale_invoice" drop column if exists "order_id", drop column if exists "order_number", drop column if exists "purchase_order_id", drop column if exists "purchase_order_number", drop column if exists "part", add column if not exists "series" text null;`);
  }

  override async down(): Promise<void> {
    this.addSql(REFUSE_TO_LOSE_ORDERS);

    this.addSql(`alter table if exists "wholesale_bill" add column if not exists "order_number" text null, add column if not exists "purchase_order_id" text null, add column if not exists "purchase_order_number" text null;`);
    this.addSql(`update "wholesale_bill" set "order_number" = orders->0->>'order_number', "purchase_order_id" = orders->0->>'purchase_order_id', "purchase_order_number" = orders->0->>'purchase_order_number';`);
    this.addSql(`drop index if exists "IDX_wholesale_bill_orders";`);
    this.addSql(`alter table if exists "wholesale_bill" drop column if exists "orders";`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_bill_purchase_order_id" ON "wholesale_bill" ("purchase_order_id") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_invoice" drop column if exists "series", add column if not exists "order_id" text null, add column if not exists "order_number" text null, add column if not exists "purchase_order_id" text null, add column if not exists "purchase_order_number" text null, add column if not exists "part" integer not null default 0;`);
    this.addSql(`update "wholesale_invoice" invoice set "order_id" = item.order_id, "order_number" = item.order_number, "purchase_order_id" = item.purchase_order_id, "purchase_order_number" = item.purchase_order_number, "part" = item.part from "wholesale_invoice_order" item where item.invoice_id = invoice.id;`);
    this.addSql(`alter table if exists "wholesale_invoice" alter column "order_id" set not null, alter column "order_number" set not null;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_invoice_order_id_part_unique" ON "wholesale_invoice" ("order_id", "part") WHERE deleted_at IS NULL;`);

    this.addSql(`drop table if exists "wholesale_invoice_order" cascade;`);

    this.addSql(`alter table if exists "wholesale_invoice_line" drop column if exists "order_id";`);
  }

}
