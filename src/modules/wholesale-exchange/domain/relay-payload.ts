import type { DocumentSignature } from "../../../lib/crypto/envelope/signature"
import { isStorable } from "./storable"
import type { TravellingDocument } from "./travelling-document"

/** Documents that bind somebody: they are signed, and not taken without a signature. */
const SIGNED_TYPES: ReadonlySet<string> = new Set([
  "purchase_order",
  "order_response",
  "order",
  "invoice",
  "credit_note",
])

export const isSigned = (type: string): boolean => SIGNED_TYPES.has(type)

/** The largest document that is taken from a partner, and sent to one. */
export const DOCUMENT_BYTES = 32 * 1024 * 1024

/** What a message of type `document` carries. */
export interface RelayPayload {
  readonly document: TravellingDocument
  readonly signature?: DocumentSignature
}

export const writePayload = (payload: RelayPayload): Buffer => Buffer.from(JSON.stringify(payload), "utf8")

/** The payload; undefined for bytes that are none. What the document's body holds is not looked at. */
export function readPayload(bytes: Uint8Array): RelayPayload | undefined {
  let read: unknown
  try {
    read = JSON.parse(Buffer.from(bytes).toString("utf8"))
  } catch {
    return undefined
  }
  if (!isRecord(read) || !isDocument(read.document) || !isStorable([read.document.type, read.document.id])) {
    return undefined
  }
  const { document, signature } = read
  if (signature === undefined) {
    return { document }
  }
  return isSignature(signature) ? { document, signature } : undefined
}

function isDocument(read: unknown): read is TravellingDocument {
  return (
    isRecord(read) &&
    isShortText(read.type, 64) &&
    isShortText(read.id, 128) &&
    isEdition(read.revision) &&
    isEdition(read.incarnation) &&
    typeof read.issued_at === "string" &&
    !Number.isNaN(Date.parse(read.issued_at)) &&
    isRecord(read.body)
  )
}

const isSignature = (read: unknown): read is DocumentSignature =>
  isRecord(read) && typeof read.signer === "string" && typeof read.signature === "string"

const isRecord = (read: unknown): read is Record<string, unknown> =>
  typeof read === "object" && read !== null && !Array.isArray(read)

const isShortText = (read: unknown, most: number): read is string =>
  typeof read === "string" && read.length > 0 && read.length <= most

const isEdition = (read: unknown): read is number =>
  typeof read === "number" && Number.isInteger(read) && read >= 1 && read <= 2_147_483_647
