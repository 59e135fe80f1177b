/** What a message can be; its place here, from 1, is the byte that says so, and never changes. */
const TYPES = [
  "document",
  /** What its sender has applied so far. */
  "receipt",
  /** Asks for messages that did not come. */
  "gap_request",
  /** That its sender is there, the last it sent, and what it has applied so far. */
  "heartbeat",
  "rekey_offer",
  "rekey_accept",
  /** The sender takes no more messages of this connection and sends none. */
  "revoke",
  /** A heartbeat of who has seen that the two contradict each other, and takes nothing more. */
  "out_of_step",
] as const

export type MessageType = (typeof TYPES)[number]

/** Beside the sequence: not chained, not acknowledged, not kept, harmless when lost. */
export type AsideType = "receipt" | "gap_request" | "heartbeat" | "out_of_step"

/** Has a number in its direction's sequence, is chained to the one before, kept until acknowledged, applied in order. */
export type OrderedType = Exclude<MessageType, AsideType>

export const codeOf = (type: MessageType): number => TYPES.indexOf(type) + 1

/** Undefined for a code that is none. */
export const typeOf = (code: number): MessageType | undefined => TYPES[code - 1]

export const isAside = (type: MessageType): type is AsideType =>
  type === "receipt" || type === "gap_request" || type === "heartbeat" || type === "out_of_step"
