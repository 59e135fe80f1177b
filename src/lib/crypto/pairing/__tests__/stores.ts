import { generateEd25519 } from "../../ed25519"
import { generateX25519 } from "../../x25519"
import type { PairingParty } from "../certificate"
import { initiatePairing } from "../initiate-pairing"
import { respondToPairing } from "../respond-to-pairing"
import type { Pairing, PairingAnswer, PairingSession } from "../session"
import type { PairingTerms } from "../terms"

export const TERMS: PairingTerms = {
  secret: "M2PX",
  slot: "K7",
  relay: "https://relay.example",
  session_id: Buffer.alloc(32, 5),
}

/** A store with keys of its own. */
export function storeOf(name: string): PairingParty {
  return {
    identity: generateEd25519(),
    connection: generateX25519(),
    mailboxes: [`send-${name}`, `receive-${name}`],
    profile: Buffer.from(JSON.stringify({ name, country: "nl", address: "Kade 1, 3011 AB Rotterdam" })),
  }
}

/** The pairing that an answer is said to come with. */
export function pairingOf({ pairing }: PairingAnswer): Pairing {
  if (!pairing) {
    throw new Error("There is no pairing yet.")
  }
  return pairing
}

/** The reply that an answer is said to come with. */
export function replyOf({ reply }: PairingAnswer): Buffer {
  if (!reply) {
    throw new Error("There is no reply.")
  }
  return reply
}

/** Two sessions, none of whose messages has been delivered, and the first of them. */
export interface Begun {
  readonly first: Buffer
  readonly retailer: PairingSession
  readonly distributor: PairingSession
}

export function begin(
  retailer: PairingParty,
  distributor: PairingParty,
  { ofRetailer = TERMS, ofDistributor = TERMS }: { ofRetailer?: PairingTerms; ofDistributor?: PairingTerms } = {}
): Begun {
  const { message, session } = initiatePairing(ofRetailer, retailer)
  return { first: message, retailer: session, distributor: respondToPairing(ofDistributor, distributor) }
}

/** Carries all four messages as they are. */
export function carry({ first, retailer, distributor }: Begun): {
  readonly messages: readonly [Buffer, Buffer, Buffer, Buffer]
  readonly retailer: Pairing
  readonly distributor: Pairing
} {
  const second = replyOf(distributor.receive(first))
  const third = replyOf(retailer.receive(second))
  const answer = distributor.receive(third)
  const fourth = replyOf(answer)
  return {
    messages: [first, second, third, fourth],
    retailer: pairingOf(retailer.receive(fourth)),
    distributor: pairingOf(answer),
  }
}

/** What a program and a person see of an error, but for its time. */
export function shown(act: () => unknown): object {
  try {
    act()
  } catch (error) {
    return visibleOf(error)
  }
  throw new Error("Nothing was refused.")
}

/** The same of one that was caught. */
export function visibleOf(error: unknown): object {
  if (!(error instanceof Error)) {
    throw new TypeError("What was thrown is no error.")
  }
  return { ...error, date: undefined, name: error.name, message: error.message, cause: error.cause }
}
