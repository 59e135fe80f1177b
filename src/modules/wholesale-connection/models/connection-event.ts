import { model } from "@medusajs/framework/utils"

import { CONNECTION_STATUSES } from "../domain/connection-machine"

/** History of a side's own status and of its partner's. */
export const WholesaleConnectionEvent = model
  .define("wholesale_connection_event", {
    id: model.id({ prefix: "whconev" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    /** A decision's name, `request`, or `partner` for a change of the partner's status. */
    event: model.text(),
    from: model.enum([...CONNECTION_STATUSES]).nullable(),
    to: model.enum([...CONNECTION_STATUSES]),
    actor_type: model.text(),
    actor_id: model.text(),
    reason: model.text().nullable(),
    details: model.json().nullable(),
    at: model.dateTime(),
  })
  .indexes([{ on: ["connection_id", "at"] }])
