import { derivedId } from "../../../lib/ids/derived-id"

/**
 * The id of a store's side of a pairing. It follows from the two, so that the first document of a
 * connection can be addressed to a side that does not exist yet.
 */
export function connectionId(storeId: string, pairingId: string): string {
  return derivedId("whcon", storeId, pairingId)
}
