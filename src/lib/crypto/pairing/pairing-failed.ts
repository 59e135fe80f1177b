import { WholesaleError } from "../../errors/wholesale-error"

/**
 * The one answer to everything that can go wrong in a pairing: a wrong code, a changed, cut, repeated or misplaced
 * message, a certificate that is none. It carries neither cause nor detail, so nobody learns how far he came.
 */
export function pairingFailed(): WholesaleError {
  return new WholesaleError(
    409,
    "pairing_failed",
    "The stores could not be paired: the code was mistyped, or not what was sent arrived. Start again with a new code."
  )
}
