import { model } from "@medusajs/framework/utils"

import type { DocumentSignature } from "../../../lib/crypto/envelope/signature"
import { INBOX_STATUSES, InboxConflict } from "../domain/inbox"

/** A revision of a partner's document, kept as it came. */
export const WholesaleInboxDocument = model
  .define("wholesale_inbox_document", {
    id: model.id({ prefix: "whinb" }).primaryKey(),
    store_id: model.text(),
    connection_id: model.text(),
    /** The partner's store, as the transport that brought the document knows it. */
    sender_id: model.text(),
    document_type: model.text(),
    document_id: model.text(),
    revision: model.number(),
    incarnation: model.number(),
    issued_at: model.dateTime(),
    /** `contentHash` of the body. */
    content_hash: model.text(),
    body: model.json(),
    /** The partner's signature on it, where its type has one: it can be shown to others. */
    signature: model.json<DocumentSignature>().nullable(),
    status: model.enum([...INBOX_STATUSES]),
    /** Why it was not applied. */
    error: model.text().nullable(),
    /** Another content that came under the same revision. */
    conflict: model.json<InboxConflict>().nullable(),
    attempts: model.number().default(0),
    /** When it may be taken up; while a worker has it, when others may take it over. Null: not by itself. */
    next_attempt_at: model.dateTime().nullable(),
    applied_at: model.dateTime().nullable(),
  })
  .indexes([
    {
      name: "IDX_wholesale_inbox_document_revision_unique",
      on: ["connection_id", "document_type", "document_id", "incarnation", "revision"],
      unique: true,
    },
    {
      name: "IDX_wholesale_inbox_document_due",
      on: ["next_attempt_at"],
      where: "status IN ('received', 'failed') AND next_attempt_at IS NOT NULL AND deleted_at IS NULL",
    },
    { on: ["store_id", "status"] },
  ])
