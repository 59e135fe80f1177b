import { WholesaleError, type WholesaleErrorStatus } from "../../../lib/errors/wholesale-error"
import type { RelayCode } from "./relay-codes"

export type RelayErrorKind =
  /** No answer, or the relay cannot answer now: later it may. */
  | "unavailable"
  /** Too much was asked of it: not before `retry_after_seconds`. */
  | "limited"
  /** The relay understood and will not: `relay_code` says why. Asked again, it answers the same. */
  | "refused"
  /** Who answered is no relay of this protocol, or lies. */
  | "malformed"
  /** The relay's name leads where no store connects to. */
  | "forbidden_address"

/** What is known of a failure besides its kind. */
export interface RelayFailure {
  /** A few words of ours, or the system's error code: nothing that was sent or answered. */
  readonly reason?: string
  readonly relay_code?: RelayCode
  readonly retry_after_seconds?: number
}

/**
 * A relay did not do what it was asked. Code and status are the kind's. Neither message nor details hold an id, a key,
 * or anything of a body; there is no `cause`, for it could.
 */
export class RelayError extends WholesaleError {
  readonly kind: RelayErrorKind
  readonly relay_code?: RelayCode
  readonly retry_after_seconds?: number

  constructor(origin: string, kind: RelayErrorKind, failure: RelayFailure = {}) {
    const { status, code, sentence } = KINDS[kind]
    super(status, code, sentence(`The relay ${origin}`, failure), { relay: origin, ...failure })
    this.kind = kind
    this.relay_code = failure.relay_code
    this.retry_after_seconds = failure.retry_after_seconds
  }
}

interface Kind {
  readonly status: WholesaleErrorStatus
  readonly code: string
  sentence(relay: string, failure: RelayFailure): string
}

const KINDS: Readonly<Record<RelayErrorKind, Kind>> = {
  unavailable: {
    status: 503,
    code: "relay_unavailable",
    sentence: (relay, { reason = "no answer" }) =>
      `${relay} cannot be reached or cannot answer now (${reason}). Try again later; if it lasts, ` +
      wayByReason(reason),
  },
  limited: {
    status: 429,
    code: "relay_limited",
    sentence: (relay, { retry_after_seconds, relay_code }) =>
      `${relay} ${(relay_code && LIMITS[relay_code]) ?? TOO_MANY}. Try again ` +
      (retry_after_seconds === undefined ? "later." : `in ${Math.ceil(retry_after_seconds)} seconds.`),
  },
  refused: {
    status: 409,
    code: "relay_refused",
    sentence: (relay, { relay_code }) => `${relay} ${(relay_code && REFUSALS[relay_code]) ?? VERSIONS_DIFFER}`,
  },
  malformed: {
    status: 502,
    code: "relay_malformed",
    sentence: (relay, { reason = "something else" }) =>
      `${relay} answered what is not in the protocol (${reason}). Check that the address is a relay's, that nothing on ` +
      `the way answers in its place, and that the versions of relay and plugin fit.`,
  },
  forbidden_address: {
    status: 400,
    code: "relay_address_forbidden",
    sentence: (relay) =>
      `${relay} was not connected to: its name leads to an address that is not in the public internet. Correct the ` +
      `name's records; for a relay in a network of your own set the plugin's option relayPrivateAddresses.`,
  },
}

const TOO_MANY = "takes no more requests for now"
const VERSIONS_DIFFER = "did not take the request. Check that the versions of relay and plugin fit."

const LIMITS: Partial<Record<RelayCode, string>> = {
  slots_rationed: "opens no more slots for pairing for now",
  mailboxes_rationed: "makes no more mailboxes for now",
}

const REFUSALS: Partial<Record<RelayCode, string>> = {
  not_found: "does not have that, or not for this store. What was closed, deleted or has expired has to be made anew.",
  signature_invalid:
    "did not take the signature. Check that the relay is set up to be known by this very address, and that the " +
    "store reaches it without anything on the way that changes requests.",
  clock_skew: "shows a time that its own answers contradict. Check the relay's clock.",
  step_taken: "was sent another message for that step of the pairing before. Start again with a new code.",
}

function wayByReason(reason: string): string {
  return /CERT|VERIFY_LEAF/.test(reason)
    ? "give the relay a certificate for this name that the backend trusts (NODE_EXTRA_CA_CERTS for an authority of your own)."
    : "check the relay and the network between."
}
