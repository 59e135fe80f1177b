import { model } from "@medusajs/framework/utils"

/** A code entered by a store; the wrong ones of the last hour limit the next. */
export const WholesalePairingAttempt = model
  .define("wholesale_pairing_attempt", {
    id: model.id({ prefix: "whpatt" }).primaryKey(),
    /** The store that entered the code. */
    store_id: model.text(),
    at: model.dateTime(),
    succeeded: model.boolean(),
  })
  .indexes([{ on: ["at"] }])
