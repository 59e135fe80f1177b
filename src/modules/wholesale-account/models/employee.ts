import { model } from "@medusajs/framework/utils"

/** A core customer who buys for an account; for one account of a store at a time. */
export const WholesaleEmployee = model
  .define("wholesale_employee", {
    id: model.id({ prefix: "whemp" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    customer_id: model.text(),
    role: model.enum(["buyer", "admin"]),
    status: model.enum(["active", "disabled"]),
  })
  .indexes([{ on: ["store_id", "customer_id"], unique: true }, { on: ["account_id"] }, { on: ["customer_id"] }])
