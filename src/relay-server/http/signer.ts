import type { FastifyRequest } from "fastify"

import { RELAY_HEADERS, verifyRequest } from "../../lib/relay/request-signature"
import { clockSkew, signatureInvalid } from "../relay-error"
import { bodyOf } from "./body"

declare module "fastify" {
  interface FastifyRequest {
    /** The 32 bytes of the Ed25519 key that the request is signed by; set on signed routes alone. */
    signer: Buffer
  }
}

/** Lengths of the base64url of a key and of a signature. */
const HEADER_LENGTHS = { [RELAY_HEADERS.key]: 43, [RELAY_HEADERS.signature]: 86 }

/**
 * Turns away what bears no signature, before its body is read.
 *
 * @throws RelayError 401 `signature_invalid`
 */
export function expectSignature(request: FastifyRequest): void {
  const isWhole = Object.entries(HEADER_LENGTHS).every(([name, length]) => request.headers[name]?.length === length)
  if (!isWhole) {
    throw signatureInvalid()
  }
}

/**
 * Finds out who sent a request, before anything is done with it.
 *
 * @param origins those that stores address the relay by
 * @throws RelayError 401 `signature_invalid`, or `clock_skew` with the relay's time
 */
export function verifySignature(origins: () => readonly string[]): (request: FastifyRequest) => void {
  return (request) => {
    const { method, url = "" } = request.raw
    const now = Date.now()
    const signed = { origins: origins(), method: method ?? "", path: url, body: bodyOf(request) }
    const verified = verifyRequest(signed, request.headers, now)
    if (verified.state === "invalid") {
      throw signatureInvalid()
    }
    if (verified.state === "stale") {
      throw clockSkew(now)
    }
    request.signer = Buffer.from(verified.key, "base64url")
  }
}
