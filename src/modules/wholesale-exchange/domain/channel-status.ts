import { defineMachine } from "../../../lib/state-machine/state-machine"

export const CHANNEL_STATUSES = ["open", "desync", "closing", "closed"] as const
export type ChannelStatus = (typeof CHANNEL_STATUSES)[number]
export type ChannelEvent = "contradict" | "close" | "forget"

/**
 * A channel under a connection. Out of step (`desync`) it carries nothing any more, and people pair
 * again; closing, it brings what it has to the partner; closed, it has no keys.
 */
export const channelMachine = defineMachine<ChannelStatus, ChannelEvent>({
  document: "channel",
  states: CHANNEL_STATUSES,
  initial: "open",
  transitions: [
    { event: "contradict", from: ["open", "closing"], to: "desync" },
    { event: "close", from: ["open"], to: "closing" },
    { event: "forget", from: ["open", "closing", "desync"], to: "closed" },
  ],
})

/**
 * Messages, whenever they came: three heartbeats in a row are as many as three documents that a relay damaged in one
 * batch. Those pass with the next message that opens; one or two are not worth showing.
 */
export const UNREADABLE_AFTER = 3

/**
 * A channel as people see it. `unreadable`: it is open, and of what came since the last message that opened nothing
 * does, as after a backup was restored that is older than a renewal of keys. It is over as soon as something opens
 * again, so that a relay that damages messages cannot break a channel for good.
 */
export type SeenChannelStatus = ChannelStatus | "unreadable"

export function seenChannelStatus({
  status,
  unopened_count,
}: {
  readonly status: ChannelStatus
  readonly unopened_count: number
}): SeenChannelStatus {
  return status === "open" && unopened_count >= UNREADABLE_AFTER ? "unreadable" : status
}

/** What became of a message that came in under a sequence. */
export const INCOMING_STATES = [
  /** Others before it are missing: it is kept sealed. */
  "early",
  /** A part of a document that is not whole yet. */
  "chunk",
  "taken",
] as const
export type IncomingState = (typeof INCOMING_STATES)[number]
