import type { PairingCertificate } from "./certificate"
import { MESSAGE_BYTES } from "./message"
import { pairingFailed } from "./pairing-failed"

/** What a side has when it is through. */
export interface Pairing {
  /** Who the partner says it is, signed; the verifier says that it is the one on the phone. */
  readonly partner: PairingCertificate
  /** 32 bytes that only the two sides know, and the connection's keys begin with. The caller's to keep sealed. */
  readonly root_key: Buffer
  /** The same on both sides, and on no other connection: 32 hex digits. Not secret. */
  readonly connection_id: string
  /** The same on both sides if nobody stands between them: `1234-5678`. */
  readonly verifier: string
}

export interface PairingAnswer {
  /** To be sent to the partner. */
  readonly reply?: Buffer
  /**
   * To the retailer, with its reply: who answered, which knows the code and has still to prove that it holds the
   * certificate's connection key. Enough to break off by; nothing is to be begun with it.
   */
  readonly answered_by?: PairingCertificate
  readonly pairing?: Pairing
}

/**
 * One attempt to pair, in the memory of one process. It is never stored, so that its secrets touch no disk: a restart
 * ends it, and it counts as an attempt.
 */
export interface PairingSession {
  /**
   * Takes the partner's next message. What comes out last on either side is the pairing.
   *
   * @throws WholesaleError 409 `pairing_failed` for anything but the message that is due; the session is over then, its
   * secrets overwritten, and every later message fails alike
   */
  receive(message: Uint8Array): PairingAnswer
  /** Ends the session and overwrites its secrets. */
  abandon(): void
}

/** Where a session stands: what it does with the message it waits for. */
export interface PairingStep {
  /** @throws Error when the message is not the one that is due */
  take(message: Buffer): PairingAnswer & { readonly next?: PairingStep }
  /** Overwrites the secrets of this step. What a following step needs it has of its own. */
  forget(): void
}

export function sessionFrom(first: PairingStep): PairingSession {
  let due: PairingStep | undefined = first
  const leave = (): PairingStep | undefined => {
    const step = due
    due = undefined
    return step
  }
  return {
    receive(message) {
      const step = leave()
      if (!step) {
        throw pairingFailed()
      }
      try {
        const { next, ...answer } = step.take(copyOf(message))
        due = next
        return answer
      } catch {
        throw pairingFailed()
      } finally {
        step.forget()
      }
    },
    abandon() {
      leave()?.forget()
    },
  }
}

/** Later steps look into it again, whatever its sender does with his. */
function copyOf(message: Uint8Array): Buffer {
  if (message.length > MESSAGE_BYTES) {
    throw pairingFailed()
  }
  return Buffer.from(message)
}
