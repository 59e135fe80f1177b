import { deriveKey } from "../derive-key"
import { lengthPrefixed, uint32 } from "../encoding"
import type { RekeyPublic } from "../envelope/control"
import { generateX25519, x25519OrNone, type X25519KeyPair } from "../x25519"
import { epochKeys, type SessionState } from "./state"

const SALT = "medusa-wholesale session v1"

export const REKEY_AFTER_MS = 24 * 60 * 60 * 1000
export const REKEY_AFTER_MESSAGES = 1000

/** Where fresh key pairs come from; a private key is overwritten once it is used. */
export type KeyPairSource = () => X25519KeyPair

/** Whether the epoch is a day or 1,000 of this side's messages old, and no offer of this side waits. */
export const rekeyDue = ({ offer, epoch_messages, epoch_started_ms }: SessionState, now_ms: number): boolean =>
  !offer && (epoch_messages >= REKEY_AFTER_MESSAGES || now_ms - epoch_started_ms >= REKEY_AFTER_MS)

/** The state with an offer of the next epoch; one that waits already stays as it is. */
export function withOffer(
  state: SessionState,
  generate: KeyPairSource = generateX25519
): { state: SessionState; offer: RekeyPublic } {
  const offer = state.offer ?? stored(state.epoch + 1, generate())
  return {
    state: { ...state, offer },
    offer: { epoch: offer.epoch, public_key: Buffer.from(offer.public_key, "base64") },
  }
}

/**
 * What an offer or its acceptance makes of a state. `nothing`: it was taken before, or it is the
 * retailer's offer that crossed the distributor's. `impossible`: it does not follow from what this side
 * knows, which an older backup on either side brings about.
 */
export type Rekeyed =
  | { readonly outcome: "begun"; readonly state: SessionState; readonly accept?: RekeyPublic }
  | { readonly outcome: "nothing"; readonly state: SessionState }
  | { readonly outcome: "impossible"; readonly state: SessionState }

/**
 * Takes the partner's offer: this side sends in the new epoch from here on, and `accept` goes out
 * before that, under the old. Of two offers that cross, the distributor's counts: the retailer drops
 * its own and takes it, the distributor takes no notice of the other.
 */
export function takeOffer(
  state: SessionState,
  { epoch, public_key }: RekeyPublic,
  now_ms: number,
  generate: KeyPairSource = generateX25519
): Rekeyed {
  if (epoch <= state.epoch || (state.offer && state.role === "distributor" && epoch === state.offer.epoch)) {
    return { outcome: "nothing", state }
  }
  if (epoch !== state.epoch + 1) {
    return { outcome: "impossible", state }
  }
  const own = generate()
  const shared = x25519OrNone(own.private_key, public_key)
  own.private_key.fill(0)
  if (!shared) {
    return { outcome: "impossible", state }
  }
  const publics = { offer: public_key, accept: own.public_key }
  return {
    outcome: "begun",
    state: beginEpoch(state, { epoch, shared, publics, now_ms }),
    accept: { epoch, public_key: own.public_key },
  }
}

/** Takes the partner's acceptance of this side's offer: this side sends in the new epoch from here on. */
export function takeAccept(state: SessionState, { epoch, public_key }: RekeyPublic, now_ms: number): Rekeyed {
  if (epoch <= state.epoch) {
    return { outcome: "nothing", state }
  }
  const shared =
    state.offer?.epoch === epoch && x25519OrNone(Buffer.from(state.offer.private_key, "base64"), public_key)
  if (!state.offer || !shared) {
    return { outcome: "impossible", state }
  }
  const publics = { offer: Buffer.from(state.offer.public_key, "base64"), accept: public_key }
  return { outcome: "begun", state: beginEpoch(state, { epoch, shared, publics, now_ms }) }
}

/** The root of an epoch, from the one before and what both sides mixed in. HKDF-SHA256. */
export function nextRoot({
  root,
  shared,
  publics,
  connection_id,
  epoch,
}: {
  root: Uint8Array
  shared: Uint8Array
  publics: { readonly offer: Uint8Array; readonly accept: Uint8Array }
  connection_id: string
  epoch: number
}): Buffer {
  return deriveKey({
    secret: Buffer.concat([root, shared]),
    salt: SALT,
    purpose: lengthPrefixed("rekey", publics.offer, publics.accept, connection_id, uint32(epoch)),
  })
}

/** The old root, its sending key and the ephemeral keys are not in what this gives; its receiving key is. */
function beginEpoch(
  state: SessionState,
  {
    epoch,
    shared,
    publics,
    now_ms,
  }: {
    epoch: number
    shared: Buffer
    publics: { readonly offer: Uint8Array; readonly accept: Uint8Array }
    now_ms: number
  }
): SessionState {
  const { connection_id, role } = state
  const root = nextRoot({ root: Buffer.from(state.root, "base64"), shared, publics, connection_id, epoch })
  shared.fill(0)
  const next = epochKeys({ root, role, connection_id, epoch, now_ms })
  return { ...state, ...next, receiving: [...next.receiving, ...state.receiving], offer: null }
}

function stored(epoch: number, { public_key, private_key }: X25519KeyPair): NonNullable<SessionState["offer"]> {
  return { epoch, public_key: public_key.toString("base64"), private_key: private_key.toString("base64") }
}
