import { model } from "@medusajs/framework/utils"

/** A parcel, a delivery or a handing over: goods of an order that left together. */
const WholesaleOrderShipment = model
  .define("wholesale_order_shipment", {
    id: model.id({ prefix: "whshp" }).primaryKey(),
    store_id: model.text(),
    order_id: model.text(),
    sequence: model.number(),
    carrier: model.text().nullable(),
    tracking_numbers: model.json(),
    shipped_at: model.dateTime(),
    delivered_at: model.dateTime().nullable(),
    lines: model.json(),
  })
  .indexes([{ on: ["order_id", "sequence"], unique: true }])

export default WholesaleOrderShipment
