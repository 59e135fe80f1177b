import { z } from "@medusajs/framework/zod"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { catalogBody } from "./catalog"
import { connectionBody } from "./connection"
import { creditNoteBody } from "./credit-note"
import { Envelope, envelope, envelopeOf } from "./envelope"
import { invoiceBody } from "./invoice"
import { orderBody } from "./order"
import { orderResponseBody } from "./order-response"
import { paymentBody } from "./payment"
import { profileBody } from "./profile"
import { purchaseOrderBody } from "./purchase-order"
import { receiptBody } from "./receipt"

/** The newest version of each type's body that this plugin reads and writes. */
export const DOCUMENT_VERSIONS = {
  profile: 1,
  connection: 1,
  catalog: 1,
  purchase_order: 1,
  order_response: 1,
  order: 1,
  receipt: 1,
  invoice: 1,
  credit_note: 1,
  payment: 1,
} as const
export type DocumentType = keyof typeof DOCUMENT_VERSIONS

const tradeDocument = z.discriminatedUnion("type", [
  envelopeOf("profile", profileBody),
  envelopeOf("connection", connectionBody),
  envelopeOf("catalog", catalogBody),
  envelopeOf("purchase_order", purchaseOrderBody),
  envelopeOf("order_response", orderResponseBody),
  envelopeOf("order", orderBody),
  envelopeOf("receipt", receiptBody),
  envelopeOf("invoice", invoiceBody),
  envelopeOf("credit_note", creditNoteBody),
  envelopeOf("payment", paymentBody),
])
/** A document in its envelope; `type` tells which body it has. */
export type TradeDocument = z.infer<typeof tradeDocument>
export type DocumentOf<Type extends DocumentType> = Extract<TradeDocument, { type: Type }>

export interface DocumentIssue {
  /** `body.lines.0.quantity` */
  readonly path: string
  readonly message: string
}

export type ParsedDocument =
  | { readonly state: "known"; readonly document: TradeDocument }
  | {
      readonly state: "unsupported"
      readonly envelope: Envelope
      readonly cause: "unknown_type" | "newer_version"
      readonly reason: string
    }
  | {
      readonly state: "malformed"
      /** Undefined where not even the envelope can be read. */
      readonly envelope: Envelope | undefined
      readonly issues: readonly DocumentIssue[]
      readonly reason: string
    }

/**
 * Reads what a partner sent. Never throws: an unknown type or a newer version is no fault of the
 * partner and is kept for a later version of the plugin; anything else that does not fit its schema is
 * malformed. Members that the schema does not name are left out of the document.
 */
export function parseDocument(received: unknown): ParsedDocument {
  const outside = envelope.safeParse(received)
  if (!outside.success) {
    return malformed(undefined, outside.error)
  }
  const { type, body } = outside.data
  if (!isDocumentType(type)) {
    return {
      state: "unsupported",
      envelope: outside.data,
      cause: "unknown_type",
      reason: `Documents of type ${type} are not known here.`,
    }
  }
  if (Number.isInteger(body.version) && Number(body.version) > DOCUMENT_VERSIONS[type]) {
    return {
      state: "unsupported",
      envelope: outside.data,
      cause: "newer_version",
      reason: `Version ${body.version} of ${type} is newer than version ${DOCUMENT_VERSIONS[type]}, which is known here.`,
    }
  }
  const inside = tradeDocument.safeParse(outside.data)
  return inside.success
    ? { state: "known", document: inside.data }
    : malformed(outside.data, inside.error)
}

/**
 * The document as it is sent: its own schema holds for it, and it is the plain JSON that the partner
 * will hash.
 *
 * @throws WholesaleError 500 `document_malformed` with the issues
 */
export function composeDocument(document: TradeDocument): TradeDocument {
  const composed = tradeDocument.safeParse(document)
  if (!composed.success) {
    const issues = issuesOf(composed.error)
    throw new WholesaleError(
      500,
      "document_malformed",
      `The ${document.type} ${document.id} cannot be sent: ${sentence(issues)}`,
      { type: document.type, id: document.id, issues }
    )
  }
  return composed.data
}

export function isDocumentType(type: string): type is DocumentType {
  return Object.hasOwn(DOCUMENT_VERSIONS, type)
}

function malformed(read: Envelope | undefined, error: z.ZodError): ParsedDocument {
  const issues = issuesOf(error)
  return { state: "malformed", envelope: read, issues, reason: sentence(issues) }
}

function issuesOf(error: z.ZodError): DocumentIssue[] {
  return error.issues.map(({ path, message }) => ({ path: path.join("."), message }))
}

function sentence(issues: readonly DocumentIssue[]): string {
  const [first, ...others] = issues
  const more = others.length ? ` (and ${others.length} more)` : ""
  return `${first.path || "document"}: ${first.message}${more}.`
}
