import { model } from "@medusajs/framework/utils"

/** How much of a payment goes to which invoice. */
export const WholesalePaymentAllocation = model
  .define("wholesale_payment_allocation", {
    id: model.id({ prefix: "whpayal" }).primaryKey(),
    store_id: model.text(),
    payment_id: model.text(),
    invoice_id: model.text(),
    amount: model.bigNumber(),
  })
  .indexes([{ on: ["payment_id", "invoice_id"], unique: true }, { on: ["invoice_id"] }])
