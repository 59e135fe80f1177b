import type { ChannelStatus, RelayState } from "./types/relay"

export type RelayHealth = "answering" | "not_answering" | "quiet" | "not_asked"

/** Whoever receives asks at least every half minute; so long without an answer, nobody does. */
const QUIET_MS = 10 * 60_000

/** A partner says at least once an hour that it is there, a minute apart unless set otherwise. */
const SILENCE_MS = 65 * 60_000

/** Whether nothing new was heard of a partner for longer than one ever is silent. */
export function isPartnerQuiet(
  { status, partner_time }: { readonly status: ChannelStatus | null; readonly partner_time: string | null },
  now: number
): boolean {
  return status === "open" && partner_time !== null && now - new Date(partner_time).getTime() > SILENCE_MS
}

/** How a relay does, by what came of asking it last; `quiet` where that is long ago. */
export function relayHealth(
  { answered_at, failure }: Pick<NonNullable<RelayState["relay"]>, "answered_at" | "failure">,
  now: number
): RelayHealth {
  if (failure) {
    return "not_answering"
  }
  if (!answered_at) {
    return "not_asked"
  }
  return now - new Date(answered_at).getTime() > QUIET_MS ? "quiet" : "answering"
}
