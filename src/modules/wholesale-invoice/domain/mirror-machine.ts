import { defineMachine } from "../../../lib/state-machine/state-machine"

export const MIRROR_STATUSES = ["pending", "made", "reversed"] as const
export type MirrorStatus = (typeof MIRROR_STATUSES)[number]
export type MirrorEvent = "make" | "reverse"

/**
 * The mirror's bookkeeping: `pending` from the moment the invoice is paid, `made` once the core order
 * stands, `reversed` for good when the wholesale order is cancelled, also before it was made.
 */
export const mirrorMachine = defineMachine<MirrorStatus, MirrorEvent>({
  document: "Mirror",
  states: MIRROR_STATUSES,
  initial: "pending",
  transitions: [
    { event: "make", from: ["pending"], to: "made" },
    { event: "reverse", from: ["pending", "made"], to: "reversed" },
  ],
})

/** `superseded`: the mirror was reversed as a whole before this part of it was refunded. */
export const MIRROR_REFUND_STATUSES = ["pending", "done", "superseded"] as const
export type MirrorRefundStatus = (typeof MIRROR_REFUND_STATUSES)[number]
export type MirrorRefundEvent = "refund" | "supersede"

export const mirrorRefundMachine = defineMachine<MirrorRefundStatus, MirrorRefundEvent>({
  document: "Mirror refund",
  states: MIRROR_REFUND_STATUSES,
  initial: "pending",
  transitions: [
    { event: "refund", from: ["pending"], to: "done" },
    { event: "supersede", from: ["pending"], to: "superseded" },
  ],
})
