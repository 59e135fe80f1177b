import { WholesaleError } from "../errors/wholesale-error"
import { deriveKey } from "./derive-key"

const SALT = "medusa-wholesale server key v1"
const LEAST_CHARACTERS = 16

/**
 * The 32-byte key of this server, from which keys for single purposes are derived.
 *
 * The plugin option `serverKey` (16 characters or more, the same on every process of the backend) is
 * preferred; without it the key follows from the host's `http.jwtSecret`. Another secret gives another
 * key: what was sealed or hashed under the old one can then neither be opened nor found.
 *
 * @param jwtSecret as configured; a key pair or key object is no shared secret and does not count
 * @throws WholesaleError 500 `server_key_missing` when neither is there
 * @throws WholesaleError 500 `server_key_too_short`
 */
export function serverKey({
  serverKey: option,
  jwtSecret,
}: {
  serverKey?: string
  jwtSecret?: unknown
}): Buffer {
  if (option) {
    if (option.length < LEAST_CHARACTERS) {
      throw new WholesaleError(
        500,
        "server_key_too_short",
        `The option serverKey of medusa-wholesale needs ${LEAST_CHARACTERS} characters or more.`,
        { characters: option.length, least_characters: LEAST_CHARACTERS }
      )
    }
    return deriveKey({ secret: option, salt: SALT, purpose: "serverKey" })
  }
  if ((typeof jwtSecret === "string" || jwtSecret instanceof Uint8Array) && jwtSecret.length > 0) {
    return deriveKey({ secret: jwtSecret, salt: SALT, purpose: "http.jwtSecret" })
  }
  throw new WholesaleError(
    500,
    "server_key_missing",
    "No key to keep secrets with: set the option serverKey of medusa-wholesale, or projectConfig.http.jwtSecret to a text."
  )
}
