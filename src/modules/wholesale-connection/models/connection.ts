import { model } from "@medusajs/framework/utils"

import { CONNECTION_ROLES, CONNECTION_STATUSES } from "../domain/connection-machine"

/** One store's side of the trading relation that a pairing made. */
export const WholesaleConnection = model
  .define("wholesale_connection", {
    id: model.id({ prefix: "whcon" }).primaryKey(),
    store_id: model.text(),
    /** What this store is in the connection. */
    role: model.enum([...CONNECTION_ROLES]),
    /** Id of the pairing code that was used; the same on both sides. */
    pairing_id: model.text(),
    transport: model.text().default("local"),
    /** Where the partner is a store of this backend. */
    partner_store_id: model.text().nullable(),
    partner_name: model.text().searchable(),
    partner_profile: model.json(),
    status: model.enum([...CONNECTION_STATUSES]),
    partner_status: model.enum([...CONNECTION_STATUSES]),
    /** The stricter of the two, written whenever one of them is. */
    effective_status: model.enum([...CONNECTION_STATUSES]),
    /** The distributor's account of the retailer. */
    account_id: model.text().nullable(),
    /** Given with the last decision on this side. */
    reason: model.text().nullable(),
    requested_at: model.dateTime(),
    /** When both sides were active for the first time. */
    approved_at: model.dateTime().nullable(),
    revision: model.number().default(1),
    announced_revision: model.number().default(0),
    /** Of the own store's profile, as the document carries it from this revision on. */
    profile_revision: model.number().default(0),
    /** The edition of the partner's document that was applied last. */
    partner_incarnation: model.number().default(0),
    partner_revision: model.number().default(0),
  })
  .indexes([
    { on: ["store_id", "pairing_id"], unique: true },
    {
      name: "IDX_wholesale_connection_one_alive",
      on: ["store_id", "partner_store_id", "role"],
      unique: true,
      where: "effective_status NOT IN ('rejected', 'revoked') AND deleted_at IS NULL",
    },
    { on: ["store_id", "effective_status"] },
    { on: ["account_id"] },
    {
      name: "IDX_wholesale_connection_to_announce",
      on: ["updated_at"],
      where: "revision <> announced_revision AND deleted_at IS NULL",
    },
  ])
