import { model } from "@medusajs/framework/utils"

import { DOCUMENT_FORMATS, STORED_DOCUMENT_TYPES } from "../domain/stored-document"

/** A file that was made of an invoice or a credit note, and lies in Medusa's file module. */
export const WholesaleStoredDocument = model
  .define("wholesale_stored_document", {
    id: model.id({ prefix: "whsdoc" }).primaryKey(),
    store_id: model.text(),
    document_type: model.enum([...STORED_DOCUMENT_TYPES]),
    document_id: model.text(),
    /** The document's when the file was made. */
    revision: model.number(),
    format: model.enum([...DOCUMENT_FORMATS]),
    file_id: model.text(),
    filename: model.text(),
  })
  .indexes([
    {
      name: "IDX_wholesale_stored_document_once",
      on: ["document_type", "document_id", "revision", "format"],
      unique: true,
    },
  ])
