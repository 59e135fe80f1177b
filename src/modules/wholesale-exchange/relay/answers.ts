import { writeAcknowledgement, writeGapRequest } from "../../../lib/crypto/envelope/control"
import { send } from "../../../lib/crypto/session/send"
import type { Batch } from "./batch"

/** How long nothing may come of what was asked for before it is asked for again. */
const GAP_REPEATED_MS = 5_000

/**
 * Seals what the partner is to know: a receipt for what was taken, and a request for what is missing.
 *
 * @returns when missing messages were last on their way, where that changes
 */
export function sealAnswers(batch: Batch): { gap_asked_at?: Date } {
  if (batch.taken > 0) {
    const { sequence, hash } = batch.state.received
    answer(batch, "receipt", writeAcknowledgement({ through: sequence, sealed_hash: Buffer.from(hash, "base64") }))
  }
  const missing = missingMessages(batch)
  if (missing && isToBeAsked(batch)) {
    answer(batch, "gap_request", writeGapRequest(missing))
  }
  return missing && (batch.taken > 0 || isToBeAsked(batch)) ? { gap_asked_at: new Date(batch.now_ms) } : {}
}

/** From what is due to what came early, or to the last that the partner is known to have sent. */
function missingMessages({ state, known_sequence, early, incoming }: Batch): { from: number; to: number } | undefined {
  const from = state.received.sequence + 1
  const kept = [...early.keys(), ...[...incoming.values()].filter((it) => it.state === "early").map((it) => it.sequence)]
  const first = kept.filter((sequence) => sequence > from).reduce((least, it) => Math.min(least, it), known_sequence + 1)
  return from < first ? { from, to: first - 1 } : undefined
}

/**
 * Each gap is asked for when it is found, and again where nothing came of it for some time. While what
 * was asked for is coming in, asking again would bring it twice.
 */
function isToBeAsked({ channel: { row }, state, found_gap, taken, now_ms }: Batch): boolean {
  const isFound = found_gap || state.received.sequence >= row.known_sequence
  const asked = row.gap_asked_at?.getTime() ?? 0
  return isFound || (taken === 0 && now_ms - asked >= GAP_REPEATED_MS)
}

function answer(batch: Batch, type: "receipt" | "gap_request", payload: Buffer): void {
  const { state, message } = send(batch.state, { type, payload }, { now_ms: batch.now_ms })
  batch.state = state
  batch.queued.push({ message })
}
