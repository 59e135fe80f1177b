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
/** The most lists, objects and their members, counted by their commas and opening brackets, texts included. */
export const DOCUMENT_VALUES = 2_000_000

/** What a message of type `document` carries. */
export interface RelayPayload {
  readonly document: TravellingDocument
  readonly signature?: DocumentSignature
}

export const writePayload = (payload: RelayPayload): Buffer => Buffer.from(JSON.stringify(payload), "utf8")

/**
 * Whether a payload has a size that partners take. Two bytes of JSON can become fifty of memory, so
 * that bytes alone are no bound.
 */
export function isModest(bytes: Uint8Array): boolean {
  if (bytes.length <= DOCUMENT_VALUES || bytes.length > DOCUMENT_BYTES) {
    return bytes.length <= DOCUMENT_VALUES
  }
  let values = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    values += byte === COMMA || byte === BRACKET || byte === BRACE ? 1 : 0
  }
  return values <= DOCUMENT_VALUES
}

const [COMMA, BRACKET, BRACE] = Buffer.from(",[{", "latin1")

/** The payload; undefined for bytes that are none. What the document's body holds is not looked at. */
export function readPayload(bytes: Uint8Array): RelayPayload | undefined {
  const read = isModest(bytes) ? readJson(bytes) : undefined
  if (!isRecord(read) || !isRecord(read.document)) {
    return undefined
  }
  const { type, id, revision, incarnation, issued_at, body } = read.document
  const issued = readTime(issued_at)
  if (!isName(type, 64) || !isName(id, 128) || !isEdition(revision) || !isEdition(incarnation) || !issued || !isRecord(body)) {
    return undefined
  }
  const document = { type, id, revision, incarnation, issued_at: issued, body }
  const signature = readSignature(read.signature)
  return signature ? { document, signature } : { document }
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8"))
  } catch {
    return undefined
  }
}

/** A point in time, in the one form that every database reads; of more forms than one JavaScript reads it. */
function readTime(read: unknown): string | undefined {
  const time = typeof read === "string" ? Date.parse(read) : NaN
  return time >= EARLIEST_MS && time <= LATEST_MS ? new Date(time).toISOString() : undefined
}

const EARLIEST_MS = Date.UTC(1900, 0)
const LATEST_MS = Date.UTC(9999, 11, 31)

/** What is no signature is none; whether the document needs one is for its type to say. */
const readSignature = (read: unknown): DocumentSignature | undefined =>
  isRecord(read) && isBase64(read.signer) && isBase64(read.signature)
    ? { signer: read.signer, signature: read.signature }
    : undefined

const isBase64 = (read: unknown): read is string => typeof read === "string" && BASE64.test(read)

const BASE64 = /^[A-Za-z0-9+/]{1,88}={0,2}$/

const isRecord = (read: unknown): read is Record<string, unknown> =>
  typeof read === "object" && read !== null && !Array.isArray(read)

const isName = (read: unknown, most: number): read is string =>
  typeof read === "string" && read.length > 0 && read.length <= most && isStorable(read)

const isEdition = (read: unknown): read is number =>
  typeof read === "number" && Number.isInteger(read) && read >= 1 && read <= 2_147_483_647
