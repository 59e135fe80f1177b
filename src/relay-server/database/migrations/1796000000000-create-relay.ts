import type { MigrationInterface, QueryRunner } from "typeorm"

/** All tables. A migration that was released is never edited: write another one. */
export class CreateRelay1796000000000 implements MigrationInterface {
  name = "CreateRelay1796000000000"

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) {
      await runner.query(statement)
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      "drop table relay_attempt, relay_slot, relay_dead_letter, relay_message, relay_mailbox, relay_limit, relay_secret"
    )
  }
}

const TABLES = [
  `create table relay_secret (
    name text not null constraint relay_secret_pkey primary key,
    secret bytea not null
  )`,
  `create table relay_limit (
    key varchar(255) not null constraint relay_limit_pkey primary key,
    points integer not null default 0,
    expire bigint
  )`,
  // Room in the pages, so that counting a message in and out rewrites the row where it lies.
  `create table relay_mailbox (
    id bigserial constraint relay_mailbox_pkey primary key,
    receive_id bytea not null,
    send_id bytea not null,
    owner_key bytea not null,
    ref bytea not null,
    sender_key bytea,
    message_count integer not null default 0,
    byte_count bigint not null default 0,
    created_at timestamptz not null default now(),
    constraint relay_mailbox_receive_id unique (receive_id),
    constraint relay_mailbox_send_id unique (send_id),
    constraint relay_mailbox_ref unique (owner_key, ref)
  ) with (fillfactor = 70)`,
  // Rows come and go: cleaned up early, or what is read first lies behind dead ones.
  `create table relay_message (
    mailbox_id bigint not null,
    position bigserial,
    message_id bytea not null,
    size integer not null,
    stored_at timestamptz not null default now(),
    sealed bytea not null,
    constraint relay_message_pkey primary key (mailbox_id, position),
    constraint relay_message_message_id unique (mailbox_id, message_id)
  ) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.1)`,
  // Sealed bytes cannot be compressed; nobody need try.
  "alter table relay_message alter column sealed set storage external",
  "create index relay_message_stored_at on relay_message (stored_at)",
  `create table relay_dead_letter (
    id bigserial constraint relay_dead_letter_pkey primary key,
    mailbox_hash bytea not null,
    size integer not null,
    stored_at timestamptz not null,
    expired_at timestamptz not null default now(),
    reason text not null
  )`,
  "create index relay_dead_letter_expired_at on relay_dead_letter (expired_at)",
  `create table relay_slot (
    id bigserial constraint relay_slot_pkey primary key,
    slot text not null,
    session_id bytea not null,
    owner_key bytea not null,
    address_hash bytea not null,
    state text not null default 'open',
    attempts integer not null default 0,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    constraint relay_slot_session_id unique (owner_key, session_id)
  )`,
  "create unique index relay_slot_open on relay_slot (slot) where state = 'open'",
  "create index relay_slot_address_hash on relay_slot (address_hash) where state = 'open'",
  "create index relay_slot_expires_at on relay_slot (expires_at)",
  `create table relay_attempt (
    id bytea not null constraint relay_attempt_pkey primary key,
    slot_id bigint not null constraint relay_attempt_slot references relay_slot (id) on delete cascade,
    guest_key bytea not null,
    address_hash bytea not null,
    message_hash bytea not null,
    step smallint not null default 1,
    is_closed boolean not null default false,
    message_1 bytea,
    message_2 bytea,
    message_3 bytea,
    message_4 bytea,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    constraint relay_attempt_message unique (slot_id, guest_key, message_hash)
  )`,
  "create index relay_attempt_expires_at on relay_attempt (expires_at)",
]
