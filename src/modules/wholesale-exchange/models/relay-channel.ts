import { model } from "@medusajs/framework/utils"

import { CHANNEL_STATUSES } from "../domain/channel-status"

/** This store's end of the sealed channel under one connection: its keys, and how far both directions have come. */
export const WholesaleRelayChannel = model
  .define("wholesale_relay_channel", {
    /** Id of this store's side of the connection. */
    id: model.text().primaryKey(),
    store_id: model.text(),
    /** The same on both sides: 32 hex digits. */
    pairing_id: model.text(),
    role: model.enum(["distributor", "retailer"]),
    status: model.enum([...CHANNEL_STATUSES]).default("open"),
    relay_url: model.text(),
    /** The partner's name in documents: it follows from its identity key. */
    partner_id: model.text(),
    /** Ed25519, base64url, as pairing confirmed it. */
    partner_identity_key: model.text(),
    /** `1234-5678`, to be compared by people. */
    verifier: model.text(),
    /** Own mailbox at the relay. */
    receive_id: model.text(),
    /** The partner's mailbox, and the key that sends to it. */
    send_id: model.text(),
    send_public_key: model.text(),
    /** Null once the keys are destroyed. */
    send_private_key_sealed: model.text().nullable(),
    session_sealed: model.text().nullable(),
    /** Of the session, to be seen and sorted by; the sealed state is what counts. */
    epoch: model.number().default(0),
    epoch_started_at: model.dateTime(),
    sent_sequence: model.number().default(0),
    acknowledged_sequence: model.number().default(0),
    received_sequence: model.number().default(0),
    /** The last sequence that the partner is known to have sent; above `received_sequence`, messages are missing. */
    known_sequence: model.number().default(0),
    gap_asked_at: model.dateTime().nullable(),
    /** Why the two sides contradict each other, and since when. */
    desync_reason: model.text().nullable(),
    desync_at: model.dateTime().nullable(),
    last_in_at: model.dateTime().nullable(),
    last_out_at: model.dateTime().nullable(),
    /** When the partner last said anything new, by its own clock. */
    partner_time: model.dateTime().nullable(),
    heartbeat_due_at: model.dateTime(),
    /** Messages that did not open. */
    refused_count: model.number().default(0),
    /** Of them those since the last that opened, and when the first of these came. */
    unopened_count: model.number().default(0),
    unopened_since: model.dateTime().nullable(),
    /** Until when a worker has the outbox. */
    sending_until: model.dateTime().nullable(),
    /** Not before then: the relay asked for it, or did not answer. */
    send_after: model.dateTime().nullable(),
    send_failures: model.number().default(0),
    send_failure: model.text().nullable(),
    /** When the store ended the channel; keys are destroyed once the partner knows, or has not answered for long. */
    closing_at: model.dateTime().nullable(),
  })
  .indexes([
    { on: ["store_id", "pairing_id"], unique: true },
    { on: ["receive_id"], unique: true },
    {
      name: "IDX_wholesale_relay_channel_heartbeat",
      on: ["heartbeat_due_at"],
      where: "status IN ('open', 'closing') AND deleted_at IS NULL",
    },
  ])
