import { model } from "@medusajs/framework/utils"

/** Who a store is towards partners on other backends, and the relay it reaches them by. */
export const WholesaleRelayIdentity = model
  .define("wholesale_relay_identity", {
    id: model.id({ prefix: "whrid" }).primaryKey(),
    store_id: model.text().unique(),
    /** Origin of the relay, as an admin set it. Connections keep the one they were paired over. */
    relay_url: model.text(),
    /** Ed25519, base64url: what partners know the store by. */
    identity_public_key: model.text(),
    identity_private_key_sealed: model.text(),
    /** Ed25519, base64url: what relays know the store by. */
    mailbox_public_key: model.text(),
    mailbox_private_key_sealed: model.text(),
    /** When the relay last answered, and what was wrong when it last did not. */
    answered_at: model.dateTime().nullable(),
    failed_at: model.dateTime().nullable(),
    failure: model.text().nullable(),
  })
  .indexes([])
