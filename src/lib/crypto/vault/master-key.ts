import { createHash } from "node:crypto"

import { WholesaleError } from "../../errors/wholesale-error"
import { lengthPrefixed } from "../encoding"

const KEY_BYTES = 32
const HEX = /^[0-9a-f]{64}$/i
/** The standard alphabet or the one for addresses; 32 bytes are 43 characters and a filler. */
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/

/** What data keys are wrapped under. It is held by the operator, never by the database. */
export interface MasterKey {
  /** 8 hex digits of a hash of the key: tells keys apart in errors and rows, and nothing of the key. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Buffer
}

/**
 * Reads a master key: 32 bytes as 64 hex digits or in base64, blanks around it left out.
 *
 * @param text of the variable WHOLESALE_MASTER_KEY; the error never shows it
 * @throws WholesaleError 500 `master_key_missing` for none or an empty one
 * @throws WholesaleError 500 `master_key_malformed`
 */
export function parseMasterKey(text: string | undefined): MasterKey {
  const trimmed = text?.trim()
  if (!trimmed) {
    throw new WholesaleError(500, "master_key_missing", `WHOLESALE_MASTER_KEY is not set: ${MAKE_ONE}`)
  }
  if (HEX.test(trimmed)) {
    return masterKey(Buffer.from(trimmed, "hex"))
  }
  const key = BASE64.test(trimmed) ? Buffer.from(trimmed, "base64") : Buffer.alloc(0)
  if (key.length !== KEY_BYTES) {
    throw new WholesaleError(
      500,
      "master_key_malformed",
      `WHOLESALE_MASTER_KEY has ${trimmed.length} characters and is neither 64 hex digits nor base64 of 32 bytes: ` +
        MAKE_ONE,
      { characters: trimmed.length }
    )
  }
  return masterKey(key)
}

function masterKey(key: Buffer): MasterKey {
  const hash = createHash("sha256").update(lengthPrefixed("medusa-wholesale master key id v1", key))
  return { id: hash.digest("hex").slice(0, 8), key }
}

const MAKE_ONE =
  "make one with `openssl rand -base64 32`, give it to every process of the backend, " +
  "and keep a copy apart from the database."
