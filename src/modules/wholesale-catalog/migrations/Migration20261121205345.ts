import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261121205345 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_supplier_item" drop constraint if exists "wholesale_supplier_item_connection_id_sku_unique";`);
    this.addSql(`alter table if exists "wholesale_supplier_catalog" drop constraint if exists "wholesale_supplier_catalog_connection_id_unique";`);
    this.addSql(`alter table if exists "wholesale_sku_mapping" drop constraint if exists "wholesale_sku_mapping_connection_id_supplier_sku_unique";`);
    this.addSql(`alter table if exists "wholesale_item" drop constraint if exists "wholesale_item_store_id_sku_unique";`);
    this.addSql(`alter table if exists "wholesale_item" drop constraint if exists "wholesale_item_store_id_variant_id_unique";`);
    this.addSql(`alter table if exists "wholesale_catalog_publication" drop constraint if exists "wholesale_catalog_publication_connection_id_unique";`);
    this.addSql(`create table if not exists "wholesale_catalog_publication" ("id" text not null, "store_id" text not null, "connection_id" text not null, "revision" integer not null default 0, "announced_revision" integer not null default 0, "content_hash" text null, "item_count" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_catalog_publication_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_catalog_publication_store_id" ON "wholesale_catalog_publication" ("store_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_catalog_publication_deleted_at" ON "wholesale_catalog_publication" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_catalog_publication_connection_id_unique" ON "wholesale_catalog_publication" ("connection_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_catalog_publication_behind" ON "wholesale_catalog_publication" ("id") WHERE revision > announced_revision AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_item" ("id" text not null, "store_id" text not null, "product_id" text not null, "variant_id" text not null, "sku" text not null, "title" text not null, "thumbnail" text null, "currency_code" text not null, "wholesale_price" numeric not null, "minimum_quantity" integer not null default 1, "order_multiple" integer not null default 1, "published" boolean not null default false, "tax_code" text null, "raw_wholesale_price" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_item_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_item_product_id" ON "wholesale_item" ("product_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_item_deleted_at" ON "wholesale_item" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_item_store_id_variant_id_unique" ON "wholesale_item" ("store_id", "variant_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_item_store_id_sku_unique" ON "wholesale_item" ("store_id", "sku") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_item_store_id_published" ON "wholesale_item" ("store_id", "published") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_item_store_id_created_at" ON "wholesale_item" ("store_id", "created_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_sku_mapping" ("id" text not null, "store_id" text not null, "connection_id" text not null, "supplier_sku" text not null, "variant_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_sku_mapping_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_sku_mapping_deleted_at" ON "wholesale_sku_mapping" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_sku_mapping_connection_id_supplier_sku_unique" ON "wholesale_sku_mapping" ("connection_id", "supplier_sku") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_sku_mapping_store_id_variant_id" ON "wholesale_sku_mapping" ("store_id", "variant_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_supplier_catalog" ("id" text not null, "store_id" text not null, "connection_id" text not null, "incarnation" integer not null default 0, "revision" integer not null, "item_count" integer not null, "applied_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_supplier_catalog_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_supplier_catalog_store_id" ON "wholesale_supplier_catalog" ("store_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_supplier_catalog_deleted_at" ON "wholesale_supplier_catalog" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_supplier_catalog_connection_id_unique" ON "wholesale_supplier_catalog" ("connection_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_supplier_item" ("id" text not null, "store_id" text not null, "connection_id" text not null, "sku" text not null, "title" text not null, "thumbnail" text null, "currency_code" text not null, "price" numeric not null, "minimum_quantity" integer not null default 1, "order_multiple" integer not null default 1, "available" boolean not null default true, "catalog_revision" integer not null, "raw_price" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_supplier_item_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_supplier_item_deleted_at" ON "wholesale_supplier_item" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_supplier_item_connection_id_sku_unique" ON "wholesale_supplier_item" ("connection_id", "sku") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_supplier_item_store_id_connection_id_available" ON "wholesale_supplier_item" ("store_id", "connection_id", "available") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_catalog_publication" cascade;`);

    this.addSql(`drop table if exists "wholesale_item" cascade;`);

    this.addSql(`drop table if exists "wholesale_sku_mapping" cascade;`);

    this.addSql(`drop table if exists "wholesale_supplier_catalog" cascade;`);

    this.addSql(`drop table if exists "wholesale_supplier_item" cascade;`);
  }

}
