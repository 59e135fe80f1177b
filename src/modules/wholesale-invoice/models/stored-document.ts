import { model } from "@medusajs/framework/utils"

import { DOCUMENT_FORMATS, STORED_DOCUMENT_TYPES } from "../domain/stored-document"

/** A file that was made of a document, and lies in Medusa's file module. */
export const WholesaleStoredDocument = model
  .define("wholesale_stored_document", {
    id: model.id({ prefix: "whsdoc" }).primaryKey(),
    store_id: model.text(),
    document_type: model.enum([...STORED_DOCUMENT_TYPES]),
    /** Of the invoice, the credit note, the shipment, or the account whose statement it is. */
    document_id: model.text(),
    /** What the document said then: the revision of an invoice or credit note, else a hash, after the period of a statement. */
    edition: model.text(),
    format: model.enum([...DOCUMENT_FORMATS]),
    file_id: model.text(),
    filename: model.text(),
  })
  .indexes([
    {
      name: "IDX_wholesale_stored_document_once",
      on: ["document_type", "document_id", "edition", "format"],
      unique: true,
    },
  ])
