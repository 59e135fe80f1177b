import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130114932 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_price_tier" drop constraint if exists "wholesale_price_tier_store_id_name_key_unique";`);
    this.addSql(`create table if not exists "wholesale_charge_rule" ("id" text not null, "store_id" text not null, "kind" text check ("kind" in ('shipping', 'handling')) not null, "name" text not null, "amount" numeric not null, "currency_code" text not null, "fulfilment_method" text check ("fulfilment_method" in ('shipping', 'local_delivery', 'pickup', 'in_store')) null, "active" boolean not null default true, "raw_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_charge_rule_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_charge_rule_deleted_at" ON "wholesale_charge_rule" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_charge_rule_store_id_created_at" ON "wholesale_charge_rule" ("store_id", "created_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_price_tier" ("id" text not null, "store_id" text not null, "name" text not null, "name_key" text not null, "currency_code" text not null, "free_shipping_from" numeric null, "default_terms" jsonb null, "default_credit" jsonb null, "raw_free_shipping_from" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_price_tier_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_price_tier_deleted_at" ON "wholesale_price_tier" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_price_tier_store_id_name_key_unique" ON "wholesale_price_tier" ("store_id", "name_key") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_pricing_change" ("id" text not null, "store_id" text not null, "subject_id" text not null, "field" text not null, "from_value" text null, "to_value" text null, "actor_type" text not null, "actor_id" text not null, "changed_at" timestamptz not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_pricing_change_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pricing_change_deleted_at" ON "wholesale_pricing_change" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_pricing_change_subject_id_changed_at" ON "wholesale_pricing_change" ("subject_id", "changed_at") WHERE deleted_at IS NULL;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_charge_rule" cascade;`);

    this.addSql(`drop table if exists "wholesale_price_tier" cascade;`);

    this.addSql(`drop table if exists "wholesale_pricing_change" cascade;`);
  }

}
