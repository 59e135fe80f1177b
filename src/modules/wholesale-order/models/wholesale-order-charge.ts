import { model } from "@medusajs/framework/utils"

import { CHARGE_KINDS } from "../../../lib/charges/charge"

/** What an order costs beside its goods; amount and tax as they were when it was placed. */
const WholesaleOrderCharge = model
  .define("wholesale_order_charge", {
    id: model.id({ prefix: "whordc" }).primaryKey(),
    store_id: model.text(),
    order_id: model.text(),
    charge_number: model.number(),
    kind: model.enum([...CHARGE_KINDS]),
    name: model.text(),
    /** Net. */
    amount: model.bigNumber(),
    /** What shipping would have cost, where it is free for the order; the amount is 0 then. */
    waived_amount: model.bigNumber().nullable(),
    /** Agreed for this order, and not by a rule of the store. */
    by_hand: model.boolean().default(false),
    /** Percent. */
    tax_rate: model.bigNumber(),
    tax_code: model.text().nullable(),
    tax_name: model.text().nullable(),
  })
  .indexes([{ on: ["order_id", "charge_number"], unique: true }])

export default WholesaleOrderCharge
