import { model } from "@medusajs/framework/utils"

/** Audit of flags, append-only. `from` is null where nothing had been set before. */
export const WholesaleFlagChange = model
  .define("wholesale_flag_change", {
    id: model.id({ prefix: "whflagc" }).primaryKey(),
    flag: model.text(),
    store_id: model.text().nullable(),
    from: model.boolean().nullable(),
    to: model.boolean(),
    actor_type: model.text(),
    actor_id: model.text(),
    at: model.dateTime(),
  })
  .indexes([{ on: ["store_id", "at"] }, { on: ["flag", "at"] }])
