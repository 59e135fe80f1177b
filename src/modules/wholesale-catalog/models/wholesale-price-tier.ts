import { model } from "@medusajs/framework/utils"

import type { CreditSettings } from "../../../lib/credit-rules/credit-settings"
import type { PaymentTerms } from "../../../lib/terms/payment-terms"

/** A class of customers, with what its accounts begin with. */
const WholesalePriceTier = model
  .define("wholesale_price_tier", {
    id: model.id({ prefix: "whtier" }).primaryKey(),
    store_id: model.text(),
    name: model.text(),
    /** The name in lower case: two tiers of a store are not told apart by their capitals. */
    name_key: model.text(),
    /** Of the amounts below: the store's when it was made. */
    currency_code: model.text(),
    /** Net amount of the goods from which shipping is free; null: never. */
    free_shipping_from: model.bigNumber().nullable(),
    default_terms: model.json<PaymentTerms>().nullable(),
    /** All rules, or none of the tier's own. */
    default_credit: model.json<CreditSettings>().nullable(),
  })
  .indexes([{ on: ["store_id", "name_key"], unique: true }])

export default WholesalePriceTier
