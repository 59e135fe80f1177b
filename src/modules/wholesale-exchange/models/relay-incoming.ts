import { model } from "@medusajs/framework/utils"

import { INCOMING_STATES } from "../domain/channel-status"

/** A message of the partner's sequence: what is known of it, and what still waits of it. */
export const WholesaleRelayIncoming = model
  .define("wholesale_relay_incoming", {
    channel_id: model.text().primaryKey(),
    sequence: model.number().primaryKey(),
    store_id: model.text(),
    /** 32 hex digits. */
    message_id: model.text(),
    /** SHA-256 of the sealed message, base64: another message under its sequence is a desync. */
    sealed_hash: model.text(),
    state: model.enum([...INCOMING_STATES]),
    /** Base64: of an early one the sealed message, of a chunk its payload; null once it is taken. */
    waiting: model.text().nullable(),
    chunk_index: model.number().default(0),
    chunk_count: model.number().default(1),
  })
  .indexes([])
