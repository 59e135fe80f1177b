import { model } from "@medusajs/framework/utils"

import { CHARGE_KINDS } from "../../../lib/charges/charge"
import { FULFILMENT_METHODS } from "../../../lib/fulfilment/methods"

/** What a store charges its orders beside the goods. */
const WholesaleChargeRule = model
  .define("wholesale_charge_rule", {
    id: model.id({ prefix: "whchr" }).primaryKey(),
    store_id: model.text(),
    kind: model.enum([...CHARGE_KINDS]),
    /** As it stands on orders and invoices. */
    name: model.text(),
    /** Net. */
    amount: model.bigNumber(),
    currency_code: model.text(),
    /** Null: whichever the kind is for. */
    fulfilment_method: model.enum([...FULFILMENT_METHODS]).nullable(),
    active: model.boolean().default(true),
  })
  .indexes([{ on: ["store_id", "created_at"] }])

export default WholesaleChargeRule
