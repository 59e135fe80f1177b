import { isNewer, type Edition } from "../../../lib/edition/edition"
import { firstStatus, type InboxConflict, type InboxState, type InboxStatus, type InboxVerdict } from "./inbox"

/** A revision of a document that comes in. */
export interface Arrival extends Edition {
  /** Tells its document from all others, of all partners. */
  readonly key: string
  /** What people call the document. */
  readonly name: string
  readonly content_hash: string
  readonly verdict: InboxVerdict
  readonly body: Readonly<Record<string, unknown>>
}

/** A revision that is in the inbox. */
export interface HeldRevision extends Edition {
  readonly key: string
  readonly id: string
  readonly content_hash: string
  readonly status: InboxStatus
}

export interface Received {
  readonly id: string
  readonly state: InboxState
}

/** A revision in the inbox, or on its way there. */
interface Standing<Arriving> extends Pick<HeldRevision, "id" | "content_hash"> {
  status: InboxStatus
  error: string | null
  conflict: InboxConflict | null
  /** Where it comes now. */
  readonly arrival?: Arriving
  answer?: { id: string; state: InboxState }
}

interface History<Arriving> {
  readonly revisions: Map<string, Standing<Arriving>>
  newest?: Edition
  /** What came now and lets those before it rest. */
  superseding?: Arriving
}

/** What arrivals make of an inbox. */
export interface Reception<Arriving> {
  /** For each arrival in turn. */
  readonly answers: readonly Received[]
  /** Rows to be inserted. */
  readonly fresh: readonly (Standing<Arriving> & { readonly arrival: Arriving })[]
  /** Rows that were there, under whose revision another content came. */
  readonly contradicted: readonly Standing<Arriving>[]
  /** Of each document one arrival at most: of its rows that were there, those that still wait rest. */
  readonly superseding: readonly Arriving[]
}

/** Upon a newer revision: each is a full snapshot, so that older ones have nothing to say any more. */
export const SUPERSEDED = "A newer revision came before this one was applied."
/** What waits to be applied, by itself or by people. */
export const WAITING: readonly InboxStatus[] = ["received", "failed", "unsupported"]

/** Receives revisions in turn, as if each were in the inbox before the next one comes. */
export function receiveInTurn<Arriving extends Arrival>(
  arrivals: readonly Arriving[],
  held: readonly HeldRevision[],
  { newId, now }: { readonly newId: () => string; readonly now: Date }
): Reception<Arriving> {
  const histories = new Map<string, History<Arriving>>(arrivals.map(({ key }) => [key, { revisions: new Map() }]))
  for (const revision of held) {
    const history = histories.get(revision.key)
    if (history) {
      addHeld(history, revision)
    }
  }
  const answers = arrivals.map((arrival) => {
    const history = histories.get(arrival.key) ?? { revisions: new Map<string, Standing<Arriving>>() }
    const same = history.revisions.get(editionOf(arrival))
    return same ? receiveSame(same, arrival, now) : receiveNew(history, arrival, newId())
  })
  const all = [...histories.values()]
  const standing = all.flatMap(({ revisions }) => [...revisions.values()])
  return {
    answers,
    fresh: standing.flatMap(({ arrival, ...row }) => (arrival ? [{ ...row, arrival }] : [])),
    contradicted: standing.filter(({ arrival, conflict }) => !arrival && conflict),
    superseding: all.flatMap(({ superseding }) => superseding ?? []),
  }
}

function addHeld<Arriving>(history: History<Arriving>, revision: HeldRevision): void {
  const { id, content_hash, status } = revision
  history.revisions.set(editionOf(revision), { id, content_hash, status, error: null, conflict: null })
  if (!history.newest || isNewer(revision, history.newest)) {
    history.newest = revision
  }
}

/** The row keeps its content; another content is kept beside it, the first such. */
function receiveSame(same: Standing<Arrival>, arrival: Arrival, now: Date): Received {
  const { name, revision, content_hash, body } = arrival
  if (same.content_hash !== content_hash) {
    const hashes = [same.content_hash, content_hash].map((hash) => hash.slice(0, 12))
    same.status = "desync"
    same.error = `Revision ${revision} of ${name} came with two contents: ${hashes.join(" and ")}.`
    same.conflict ??= { content_hash, body: { ...body }, received_at: now.toISOString() }
    if (same.answer) {
      same.answer.state = "desync"
    }
  }
  return { id: same.id, state: same.status === "desync" ? "desync" : "known" }
}

function receiveNew<Arriving extends Arrival>(history: History<Arriving>, arrival: Arriving, id: string): Received {
  const isOlder = history.newest !== undefined && isNewer(history.newest, arrival)
  const { state, ...first } = firstStatus(arrival.verdict, isOlder)
  if (state === "new") {
    const hasHeld = [...history.revisions.values()].some((it) => !it.arrival)
    history.superseding = hasHeld ? arrival : undefined
    history.revisions.forEach(rest)
  }
  if (!isOlder) {
    history.newest = arrival
  }
  const answer = { id, state }
  const { content_hash } = arrival
  history.revisions.set(editionOf(arrival), { ...first, id, content_hash, conflict: null, arrival, answer })
  return answer
}

function rest(standing: Standing<Arrival>): void {
  const { answer, status } = standing
  if (!answer || !WAITING.includes(status)) {
    return
  }
  standing.status = "ignored"
  standing.error = SUPERSEDED
  if (answer.state === "new") {
    answer.state = "older"
  }
}

const editionOf = ({ incarnation, revision }: Edition): string => `${incarnation} ${revision}`
