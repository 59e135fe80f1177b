import { model } from "@medusajs/framework/utils"

/** An admin user or a secret API key that acts for a store. */
export const WholesaleMember = model
  .define("wholesale_member", {
    id: model.id({ prefix: "whmem" }).primaryKey(),
    store_id: model.text(),
    actor_type: model.enum(["user", "api-key"]),
    actor_id: model.text(),
  })
  .indexes([
    { on: ["store_id", "actor_type", "actor_id"], unique: true },
    { on: ["actor_type", "actor_id"] },
  ])
