import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261122003856 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_store" drop constraint if exists "wholesale_store_sales_channel_id_unique";`);
    this.addSql(`alter table if exists "wholesale_platform_admin" drop constraint if exists "wholesale_platform_admin_email_unique";`);
    this.addSql(`alter table if exists "wholesale_member" drop constraint if exists "wholesale_member_store_id_actor_type_actor_id_unique";`);
    this.addSql(`alter table if exists "wholesale_feature_flag" drop constraint if exists "wholesale_feature_flag_flag_unique";`);
    this.addSql(`alter table if exists "wholesale_feature_flag" drop constraint if exists "wholesale_feature_flag_flag_store_id_unique";`);
    this.addSql(`create table if not exists "wholesale_feature_flag" ("id" text not null, "flag" text not null, "store_id" text null, "enabled" boolean not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_feature_flag_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_feature_flag_deleted_at" ON "wholesale_feature_flag" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_feature_flag_flag_store_id_unique" ON "wholesale_feature_flag" ("flag", "store_id") WHERE store_id IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_feature_flag_flag_unique" ON "wholesale_feature_flag" ("flag") WHERE store_id IS NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_feature_flag_store_id" ON "wholesale_feature_flag" ("store_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_flag_change" ("id" text not null, "flag" text not null, "store_id" text null, "from" boolean null, "to" boolean not null, "actor_type" text not null, "actor_id" text not null, "at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_flag_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_flag_change_deleted_at" ON "wholesale_flag_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_flag_change_store_id_at" ON "wholesale_flag_change" ("store_id", "at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_flag_change_flag_at" ON "wholesale_flag_change" ("flag", "at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_member" ("id" text not null, "store_id" text not null, "actor_type" text check ("actor_type" in ('user', 'api-key')) not null, "actor_id" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_member_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_member_deleted_at" ON "wholesale_member" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_member_store_id_actor_type_actor_id_unique" ON "wholesale_member" ("store_id", "actor_type", "actor_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_member_actor_type_actor_id" ON "wholesale_member" ("actor_type", "actor_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_platform_admin" ("id" text not null, "user_id" text not null, "email" text not null, "granted_by" text not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_platform_admin_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_platform_admin_deleted_at" ON "wholesale_platform_admin" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_platform_admin_email_unique" ON "wholesale_platform_admin" ("email");`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_platform_admin_user_id" ON "wholesale_platform_admin" ("user_id") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_store" ("id" text not null, "name" text not null, "mode" text check ("mode" in ('distributor', 'retailer', 'both')) not null, "currency_code" text not null, "email" text null, "phone" text null, "tax_number" text null, "address" jsonb null, "sales_channel_id" text null, "mirror_sales_channel_id" text null, "stock_location_ids" jsonb not null, "order_number_pattern" text not null, "purchase_order_number_pattern" text not null, "invoice_number_pattern" text not null, "credit_note_number_pattern" text not null, "invoice_on" text check ("invoice_on" in ('completion', 'approval', 'shipment')) not null, "default_terms_days" integer not null, "incarnation" integer not null default 1, "profile_revision" integer not null default 0, "profile_announced_revision" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_store_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_store_deleted_at" ON "wholesale_store" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_store_sales_channel_id_unique" ON "wholesale_store" ("sales_channel_id") WHERE sales_channel_id IS NOT NULL AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_store_profile_to_announce" ON "wholesale_store" ("id") WHERE profile_revision <> profile_announced_revision AND deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_feature_flag" cascade;`);

    this.addSql(`drop table if exists "wholesale_flag_change" cascade;`);

    this.addSql(`drop table if exists "wholesale_member" cascade;`);

    this.addSql(`drop table if exists "wholesale_platform_admin" cascade;`);

    this.addSql(`drop table if exists "wholesale_store" cascade;`);
  }

}
