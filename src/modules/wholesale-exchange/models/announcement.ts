import { model } from "@medusajs/framework/utils"

import { ANNOUNCEMENT_STATUSES } from "../domain/announcement"

/** That a revision of a document was handed to a connection's transport, or could not be. */
export const WholesaleAnnouncement = model
  .define("wholesale_announcement", {
    id: model.id({ prefix: "whann" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    document_type: model.text(),
    document_id: model.text(),
    revision: model.number(),
    incarnation: model.number(),
    /** `contentHash` of the body. */
    content_hash: model.text(),
    status: model.enum([...ANNOUNCEMENT_STATUSES]),
    attempts: model.number().default(1),
    last_error: model.text().nullable(),
  })
  .indexes([
    {
      name: "IDX_wholesale_announcement_revision_unique",
      on: ["connection_id", "document_type", "document_id", "revision", "incarnation"],
      unique: true,
    },
    { on: ["store_id", "status"] },
  ])
