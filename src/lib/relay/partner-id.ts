import { derivedId } from "../ids/derived-id"

/**
 * What a store is called in documents between backends: it follows from the store's identity key, so that
 * nobody can be called what another is, and the id in its own database stays its own.
 *
 * @param identityKey Ed25519, base64url
 */
export const partnerId = (identityKey: string): string => derivedId("whpart", identityKey)
