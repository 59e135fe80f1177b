import { Migration } from "@medusajs/framework/mikro-orm/migrations";

export class Migration20261130031927 extends Migration {

  override async up(): Promise<void> {
    this.addSql(`alter table if exists "wholesale_relay_identity" drop constraint if exists "wholesale_relay_identity_store_id_unique";`);
    this.addSql(`alter table if exists "wholesale_relay_channel" drop constraint if exists "wholesale_relay_channel_receive_id_unique";`);
    this.addSql(`alter table if exists "wholesale_relay_channel" drop constraint if exists "wholesale_relay_channel_store_id_pairing_id_unique";`);
    this.addSql(`create table if not exists "wholesale_data_key" ("id" text not null, "store_id" text not null, "master_key_id" text not null, "wrapped" text not null, "is_current" boolean not null default true, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_data_key_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_data_key_deleted_at" ON "wholesale_data_key" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_data_key_current" ON "wholesale_data_key" ("store_id") WHERE is_current AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_relay_channel" ("id" text not null, "store_id" text not null, "pairing_id" text not null, "role" text check ("role" in ('distributor', 'retailer')) not null, "status" text check ("status" in ('open', 'desync', 'closing', 'closed')) not null default 'open', "relay_url" text not null, "partner_id" text not null, "partner_identity_key" text not null, "verifier" text not null, "receive_id" text not null, "send_id" text not null, "send_public_key" text not null, "send_private_key_sealed" text null, "session_sealed" text null, "epoch" integer not null default 0, "epoch_started_at" timestamptz not null, "sent_sequence" integer not null default 0, "acknowledged_sequence" integer not null default 0, "received_sequence" integer not null default 0, "known_sequence" integer not null default 0, "gap_asked_at" timestamptz null, "desync_reason" text null, "desync_at" timestamptz null, "last_in_at" timestamptz null, "last_out_at" timestamptz null, "partner_time" timestamptz null, "heartbeat_due_at" timestamptz not null, "refused_count" integer not null default 0, "sending_until" timestamptz null, "send_after" timestamptz null, "send_failures" integer not null default 0, "send_failure" text null, "closing_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_relay_channel_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_channel_deleted_at" ON "wholesale_relay_channel" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_relay_channel_store_id_pairing_id_unique" ON "wholesale_relay_channel" ("store_id", "pairing_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_relay_channel_receive_id_unique" ON "wholesale_relay_channel" ("receive_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_channel_heartbeat" ON "wholesale_relay_channel" ("heartbeat_due_at") WHERE status IN ('open', 'closing') AND deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_relay_identity" ("id" text not null, "store_id" text not null, "relay_url" text not null, "identity_public_key" text not null, "identity_private_key_sealed" text not null, "mailbox_public_key" text not null, "mailbox_private_key_sealed" text not null, "answered_at" timestamptz null, "failed_at" timestamptz null, "failure" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_relay_identity_pkey" primary key ("id"));`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_relay_identity_store_id_unique" ON "wholesale_relay_identity" ("store_id") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_identity_deleted_at" ON "wholesale_relay_identity" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_relay_incoming" ("channel_id" text not null, "sequence" integer not null, "store_id" text not null, "message_id" text not null, "sealed_hash" text not null, "state" text check ("state" in ('early', 'chunk', 'taken')) not null, "waiting" text null, "chunk_index" integer not null default 0, "chunk_count" integer not null default 1, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_relay_incoming_pkey" primary key ("channel_id", "sequence"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_incoming_deleted_at" ON "wholesale_relay_incoming" ("deleted_at") WHERE deleted_at IS NULL;`);

    this.addSql(`create table if not exists "wholesale_relay_outgoing" ("id" text not null, "store_id" text not null, "channel_id" text not null, "type" text not null, "sequence" integer not null, "is_aside" boolean not null, "sealed" text not null, "bytes" integer not null, "document_type" text null, "document_id" text null, "document_revision" integer null, "document_incarnation" integer null, "sent_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "wholesale_relay_outgoing_pkey" primary key ("id"));`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_outgoing_deleted_at" ON "wholesale_relay_outgoing" ("deleted_at") WHERE deleted_at IS NULL;`);
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_wholesale_relay_outgoing_sequence" ON "wholesale_relay_outgoing" ("channel_id", "sequence") WHERE is_aside = false AND deleted_at IS NULL;`);
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_wholesale_relay_outgoing_unsent" ON "wholesale_relay_outgoing" ("channel_id", "sequence", "is_aside") WHERE sent_at IS NULL AND deleted_at IS NULL;`);

    this.addSql(`alter table if exists "wholesale_inbox_document" add column if not exists "signature" jsonb null;`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "wholesale_data_key" cascade;`);

    this.addSql(`drop table if exists "wholesale_relay_channel" cascade;`);

    this.addSql(`drop table if exists "wholesale_relay_identity" cascade;`);

    this.addSql(`drop table if exists "wholesale_relay_incoming" cascade;`);

    this.addSql(`drop table if exists "wholesale_relay_outgoing" cascade;`);

    this.addSql(`alter table if exists "wholesale_inbox_document" drop column if exists "signature";`);
  }

}
