import { model } from "@medusajs/framework/utils"

/** Who changed what of a price tier or a charge rule when. */
const WholesalePricingChange = model
  .define("wholesale_pricing_change", {
    id: model.id({ prefix: "whprchg" }).primaryKey(),
    store_id: model.text(),
    /** Of the price tier or the charge rule, which may be gone. */
    subject_id: model.text(),
    field: model.text(),
    from_value: model.text().nullable(),
    to_value: model.text().nullable(),
    actor_type: model.text(),
    actor_id: model.text(),
    changed_at: model.dateTime(),
  })
  .indexes([{ on: ["subject_id", "changed_at"] }])

export default WholesalePricingChange
