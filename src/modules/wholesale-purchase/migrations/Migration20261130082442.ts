import { Migration } from "@medusajs/framework/mikro-orm/migrations";

/** What the supplier tells of its order gets rows of its own, since a split makes several; what is known moves there. */
export class Migration20261130082442 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_supplier_order" drop constraint if exists "wholesale_supplier_order_purchase_order_id_order_id_unique";`);
    this.addSql(`create table if not exists "wholesale_supplier_order" ("id" text not null, "store_id" text not null, "purchase_order_id" text not null, "order_id" text not null, "parent_id" text null, "children" jsonb not null, "number" text null, "status" text not null, "on_hold" jsonb null, "subtotal" numeric not null, "tax_total" numeric not null, "total" numeric not null, "lines" jsonb not null, "tracking" jsonb not null, "summary" jsonb not null, "incarnation" integer not null, "revision" integer not null, "raw_subtotal" jsonb not null, "raw_tax_total" jsonb not null, "raw_total" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_supplier_order_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_supplier_order_purchase_order_id" ON "wholesale_supplier_order" ("purchase_order_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_supplier_order_deleted_at" ON "wholesale_supplier_order" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_supplier_order_purchase_order_id_order_id_unique" ON "wholesale_supplier_order" ("purchase_order_id", "order_id") WHERE deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_supplier_order" add constraint "wholesale_supplier_order_purchase_order_id_foreign" foreign key ("purchase_order_id") references "wholesale_purchase_order" ("id") on update cascade;`);

    // Orders were whole: their lines are the purchase order's, and a purchase order without summary has no order yet.
    this.addSql(`
      insert into "wholesale_supplier_order"
        ("id", "store_id", "purchase_order_id", "order_id", "children", "number", "status", "subtotal", "tax_total",
         "total", "raw_subtotal", "raw_tax_total", "raw_total", "lines", "tracking", "summary", "incarnation", "revision")
      select 'whsord_' || po."id", po."store_id", po."id", po."order_id", '[]', po."order_number", po."order_status",
        told."subtotal"::numeric, told."tax_total"::numeric, told."total"::numeric,
        jsonb_build_object('value', told."subtotal", 'precision', 20),
        jsonb_build_object('value', told."tax_total", 'precision', 20),
        jsonb_build_object('value', told."total", 'precision', 20),
        coalesce((
          select jsonb_agg(jsonb_build_object('line_id', line."id", 'sku', line."supplier_sku",
            'quantity', line."quantity", 'unit_price', line."raw_unit_price"->>'value') order by line."line_number")
          from "wholesale_purchase_order_line" line where line."purchase_order_id" = po."id" and line."deleted_at" is null
        ), '[]'),
        coalesce(po."tracking", '[]'), po."order_summary" - 'totals', po."order_incarnation", po."order_revision"
      from "wholesale_purchase_order" po
      cross join lateral jsonb_to_record(po."order_summary"->'totals') as told("subtotal" text, "tax_total" text, "total" text)
      where po."order_id" is not null and po."order_status" is not null and po."order_summary" is not null;
    `);
    this.addSql(`alter table if exists "wholesale_purchase_order" drop column if exists "order_incarnation", drop column if exists "order_revision", drop column if exists "tracking", drop column if exists "order_summary";`);

    this.addSql(`alter table if exists "wholesale_purchase_order_line" add column if not exists "cancelled_quantity" integer not null default 0;`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_purchase_order" add column if not exists "order_incarnation" integer not null default 0, add column if not exists "order_revision" integer not null default 0, add column if not exists "tracking" jsonb null, add column if not exists "order_summary" jsonb null;`);
    this.addSql(`
      update "wholesale_purchase_order" po
      set "order_incarnation" = told."incarnation", "order_revision" = told."revision", "tracking" = told."tracking",
        "order_summary" = told."summary" || jsonb_build_object('totals', jsonb_build_object(
          'subtotal', told."raw_subtotal"->>'value', 'tax_total', told."raw_tax_total"->>'value',
          'total', told."raw_total"->>'value'))
      from "wholesale_supplier_order" told where told."purchase_order_id" = po."id" and told."parent_id" is null;
    `);
    this.addSql(`drop table if exists "wholesale_supplier_order" cascade;`);

    this.addSql(`alter table if exists "wholesale_purchase_order_line" drop column if exists "cancelled_quantity";`);
  }

}
