import { keyedHash } from "../../lib/crypto/keyed-hash"
import { lengthPrefixed } from "../../lib/crypto/encoding"

const NAME_DIGITS = 24

/** Messages for a key's mailboxes; attempts at a key's slots; a step of an attempt. */
export type TopicKind = "mail" | "slots" | "step"

/** What somebody can wait for. */
export interface Topic {
  readonly kind: TopicKind
  /** The key, or the step (`stepId`). */
  readonly id: Buffer
  /** What nodes call it among themselves: short, and telling nothing to who lacks the relay's secret. */
  readonly name: string
}

/** Makes topics under the secret that a relay's nodes share. */
export class Topics {
  constructor(private readonly secret: Buffer) {}

  topic(kind: TopicKind, id: Buffer): Topic {
    return { kind, id, name: keyedHash(this.secret, lengthPrefixed(kind, id)).slice(0, NAME_DIGITS) }
  }
}
