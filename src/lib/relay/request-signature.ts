import { hash } from "node:crypto"

import { ed25519Sign, ed25519Verify, type Ed25519KeyPair } from "../crypto/ed25519"
import { lengthPrefixed } from "../crypto/encoding"

const LABEL = "medusa-wholesale relay request v1"
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
const TIME = /^\d{1,16}$/

/** How far the time of a request may be from the relay's clock. Stores set theirs by the relay's, which each answer tells. */
export const REQUEST_WINDOW_MS = 5 * 60 * 1_000

/** The headers of a signed request, in the lower case that Node gives them. */
export const RELAY_HEADERS = {
  key: "x-relay-key",
  time: "x-relay-time",
  signature: "x-relay-signature",
} as const

/** What a signature is on. */
export interface RelayRequest {
  /** Scheme, host and port that the store addresses the relay by: what one relay was sent is worth nothing at another. */
  readonly origin: string
  readonly method: string
  /** Path and query, as in the request line. */
  readonly path: string
  readonly body: Uint8Array
}

export type VerifiedRequest =
  /** `key`: who signed, the Ed25519 public key in base64url. */
  | { readonly state: "valid"; readonly key: string }
  /** Signed by `key`, and too far from the relay's clock. */
  | { readonly state: "stale"; readonly key: string }
  | { readonly state: "invalid" }

/**
 * The headers that show who sends a request, and when.
 *
 * @param time_ms by the relay's clock, as far as the store knows it
 */
export function signRequest(key: Ed25519KeyPair, request: RelayRequest, time_ms: number): Record<string, string> {
  const time = String(time_ms)
  const signature = ed25519Sign(key, statement(request, time))
  return {
    [RELAY_HEADERS.key]: key.public_key.toString("base64url"),
    [RELAY_HEADERS.time]: time,
    [RELAY_HEADERS.signature]: signature.toString("base64url"),
  }
}

/**
 * Who sent a request. Repeated within the window it is valid again: all that stores ask of a relay does
 * nothing twice.
 *
 * @param request.origins those that the relay is known by; signed for any of them
 */
export function verifyRequest(
  { origins, ...request }: Omit<RelayRequest, "origin"> & { readonly origins: readonly string[] },
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  now_ms: number
): VerifiedRequest {
  const [key, time, signature] = [RELAY_HEADERS.key, RELAY_HEADERS.time, RELAY_HEADERS.signature].map((it) => headers[it])
  const keyBytes = bytesOf(key, KEY_BYTES)
  const signatureBytes = bytesOf(signature, SIGNATURE_BYTES)
  if (typeof key !== "string" || !keyBytes || !signatureBytes || typeof time !== "string" || !TIME.test(time)) {
    return { state: "invalid" }
  }
  const isSigned = origins.some((origin) =>
    ed25519Verify(keyBytes, statement({ ...request, origin }, time), signatureBytes)
  )
  if (!isSigned) {
    return { state: "invalid" }
  }
  return { state: Math.abs(Number(time) - now_ms) <= REQUEST_WINDOW_MS ? "valid" : "stale", key }
}

function statement({ origin, method, path, body }: RelayRequest, time: string): Buffer {
  return lengthPrefixed(LABEL, origin, method.toUpperCase(), path, time, hash("sha256", body, "buffer"))
}

/** Undefined unless the text is the one that base64url writes for that many bytes. */
function bytesOf(text: string | readonly string[] | undefined, length: number): Buffer | undefined {
  const bytes = typeof text === "string" ? Buffer.from(text, "base64url") : undefined
  return bytes?.length === length && bytes.toString("base64url") === text ? bytes : undefined
}
