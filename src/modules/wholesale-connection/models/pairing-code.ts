import { model } from "@medusajs/framework/utils"

import { GUESSES_PER_CODE } from "../domain/pairing-code"
import { PAIRING_CODE_STATUSES } from "../domain/pairing-code-machine"

/** A code that a distributor tells a retailer to pair with it. */
export const WholesalePairingCode = model
  .define("wholesale_pairing_code", {
    id: model.id({ prefix: "whpair" }).primaryKey(),
    store_id: model.text(),
    /** Whether a partner of this backend enters it (`local`), or one of another by the relay (`relay`). */
    transport: model.text().default("local"),
    slot: model.text(),
    /** Of a relay's code: where it was made, and the session that the relay hands to who enters it. */
    relay_url: model.text().nullable(),
    session_id: model.text().nullable(),
    /** HMAC-SHA256 of the whole code under the server's lookup key, in hex. */
    lookup_hash: model.text(),
    /** The code's secret part, sealed; erased when the code is used, expired or cancelled. */
    secret_encrypted: model.text().nullable(),
    status: model.enum([...PAIRING_CODE_STATUSES]).default("active"),
    expires_at: model.dateTime(),
    /** Wrong guesses at this slot while the code was active; of a relay's code all attempts that were answered. */
    attempts: model.number().default(0),
    max_attempts: model.number().default(GUESSES_PER_CODE),
    used_by_store_id: model.text().nullable(),
    /** What both sides call the pairing that used it. */
    pairing_id: model.text().nullable(),
    used_at: model.dateTime().nullable(),
    /** Who generated it. */
    actor_type: model.text(),
    actor_id: model.text(),
  })
  .indexes([
    { on: ["slot"], unique: true, where: { status: "active", transport: "local" } },
    { on: ["session_id"], unique: true },
    { on: ["pairing_id"] },
    { on: ["store_id", "status"] },
    { name: "IDX_wholesale_pairing_code_expiry", on: ["expires_at"], where: { status: "active" } },
  ])
