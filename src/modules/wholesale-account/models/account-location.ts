import { model } from "@medusajs/framework/utils"

/** A place of an account. One of them is where goods go, one is where invoices go, unless said otherwise. */
export const WholesaleAccountLocation = model
  .define("wholesale_account_location", {
    id: model.id({ prefix: "whloc" }).primaryKey(),
    store_id: model.text(),
    account_id: model.text(),
    name: model.text(),
    address_1: model.text(),
    address_2: model.text().nullable(),
    city: model.text().nullable(),
    postal_code: model.text().nullable(),
    province: model.text().nullable(),
    country_code: model.text(),
    phone: model.text().nullable(),
    is_default_shipping: model.boolean(),
    is_default_billing: model.boolean(),
  })
  .indexes([
    { on: ["account_id"] },
    {
      name: "IDX_wholesale_account_location_default_shipping",
      on: ["account_id"],
      unique: true,
      where: "is_default_shipping",
    },
    {
      name: "IDX_wholesale_account_location_default_billing",
      on: ["account_id"],
      unique: true,
      where: "is_default_billing",
    },
  ])
