import { model } from "@medusajs/framework/utils"

/**
 * A sealed message on its way to the partner: the outbox. Kept until the partner says it has applied it,
 * and sent again as the same bytes; one beside the sequence only until the relay has it.
 */
export const WholesaleRelayOutgoing = model
  .define("wholesale_relay_outgoing", {
    /** The message's id, 32 hex digits. */
    id: model.text().primaryKey(),
    store_id: model.text(),
    channel_id: model.text(),
    type: model.text(),
    /** Its own, or of one beside the sequence the last that was given before. */
    sequence: model.number(),
    is_aside: model.boolean(),
    /** Base64. */
    sealed: model.text(),
    bytes: model.number(),
    document_type: model.text().nullable(),
    document_id: model.text().nullable(),
    document_revision: model.number().nullable(),
    document_incarnation: model.number().nullable(),
    /** When the relay took it; null while it is to be sent, or sent again. */
    sent_at: model.dateTime().nullable(),
  })
  .indexes([
    {
      name: "IDX_wholesale_relay_outgoing_sequence",
      on: ["channel_id", "sequence"],
      unique: true,
      where: "is_aside = false AND deleted_at IS NULL",
    },
    {
      name: "IDX_wholesale_relay_outgoing_unsent",
      on: ["channel_id", "sequence", "is_aside"],
      where: "sent_at IS NULL AND deleted_at IS NULL",
    },
    {
      name: "IDX_wholesale_relay_outgoing_document",
      on: ["channel_id", "document_id"],
      where: "document_id IS NOT NULL AND deleted_at IS NULL",
    },
  ])
