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

/** What became of a message that came in under a sequence. */
export const INCOMING_STATES = [
  /** Others before it are missing: it is kept sealed. */
  "early",
  /** A part of a document that is not whole yet. */
  "chunk",
  "taken",
] as const
export type IncomingState = (typeof INCOMING_STATES)[number]
