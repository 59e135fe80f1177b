import { deriveKey } from "../../../lib/crypto/derive-key"
import { keyedHash } from "../../../lib/crypto/keyed-hash"
import { openField, sealField } from "../../../lib/crypto/secret-box"
import type { PairingCode } from "./pairing-code"

const SALT = "medusa-wholesale pairing v1"

/** Where a code's secret part lies. */
interface PairingCodeRow {
  readonly id: string
  readonly store_id: string
}

/** What is done to pairing codes with the server's key; each use has a key of its own. */
export interface PairingKeys {
  /** What a code is found by. */
  lookupHash(code: PairingCode): string
  seal(code: PairingCode, row: PairingCodeRow): string
  /** @throws WholesaleError 500 `secret_unreadable` */
  open(sealed: string, row: PairingCodeRow): string
}

/**
 * @param serverKey asked for at first use, so that a host that pairs with nobody needs no key; its
 * error is thrown by the use
 */
export function pairingKeys(serverKey: () => Uint8Array): PairingKeys {
  let derived: { lookup: Buffer; secret: Buffer } | undefined
  const keys = () => {
    if (!derived) {
      const secret = serverKey()
      derived = {
        lookup: deriveKey({ secret, salt: SALT, purpose: "lookup" }),
        secret: deriveKey({ secret, salt: SALT, purpose: "secret" }),
      }
    }
    return derived
  }
  const field = ({ id, store_id }: PairingCodeRow) => ({
    table: "wholesale_pairing_code",
    column: "secret_encrypted",
    row_id: id,
    store_id,
  })
  return {
    lookupHash: (code) => keyedHash(keys().lookup, `${code.slot}${code.secret}`),
    seal: (code, row) => sealField(keys().secret, code.secret, field(row)),
    open: (sealed, row) => openField(keys().secret, sealed, field(row)),
  }
}
