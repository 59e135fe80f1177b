import { ed25519Verify, type Ed25519Signer } from "../ed25519"
import { lengthPrefixed, uint64 } from "../encoding"

const LABEL = "medusa-wholesale document signature v1"
const CONTENT_HASH = /^[0-9a-f]{64}$/

/** What a signature is on: one revision of one document, on one connection. */
export interface SignedDocument {
  readonly type: string
  readonly id: string
  readonly revision: number
  /** Of the owner's records, raised after a restore from backup. */
  readonly incarnation: number
  /** `contentHash` of the body: 64 hex digits. */
  readonly content_hash: string
  /** The pairing's id, the same on both sides. */
  readonly connection_id: string
}

/** Travels in the payload, beside the document. */
export interface DocumentSignature {
  /** Ed25519 identity of the store that signed: base64 of 32 bytes. */
  readonly signer: string
  /** Base64 of 64 bytes. */
  readonly signature: string
}

/**
 * Signs an order, an approval or an invoice, so that its receiver can show later who gave it and that
 * it was this. The signer's identity is signed along with it.
 *
 * @param identity the store's
 * @throws RangeError for a content hash, revision or incarnation that is none
 */
export function signDocument(identity: Ed25519Signer, document: SignedDocument): DocumentSignature {
  if (!isStated(document)) {
    throw new RangeError(`The content hash, revision or incarnation of ${document.type} ${document.id} is none.`)
  }
  const signer = identity.public_key
  const signature = identity.sign(statementOf(document, signer))
  return { signer: signer.toString("base64"), signature: signature.toString("base64") }
}

/**
 * Whether the partner signed this revision of this document on this connection.
 *
 * @param publicKey the partner's identity as pairing confirmed it; the one the signature names must be it
 */
export function verifyDocument(
  publicKey: Uint8Array,
  document: SignedDocument,
  { signer, signature }: DocumentSignature
): boolean {
  const expected = Buffer.from(publicKey)
  return (
    isStated(document) &&
    signer === expected.toString("base64") &&
    isBase64(signature) &&
    ed25519Verify(expected, statementOf(document, expected), Buffer.from(signature, "base64"))
  )
}

/** Each part with its length before it, under a label that nothing else is signed under. */
function statementOf(document: SignedDocument, signer: Uint8Array): Buffer {
  const { type, id, revision, incarnation, content_hash, connection_id } = document
  const content = Buffer.from(content_hash, "hex")
  return lengthPrefixed(LABEL, type, id, uint64(revision), uint64(incarnation), content, connection_id, signer)
}

const isStated = ({ revision, incarnation, content_hash }: SignedDocument): boolean =>
  CONTENT_HASH.test(content_hash) && [revision, incarnation].every((it) => Number.isSafeInteger(it) && it >= 0)

/** Text that base64 writes for its bytes and no other: one signature has one text. */
const isBase64 = (text: string): boolean => Buffer.from(text, "base64").toString("base64") === text
