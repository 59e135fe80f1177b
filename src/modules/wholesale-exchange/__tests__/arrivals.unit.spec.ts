import fc from "fast-check"

import { receiveInTurn, WAITING, type Arrival, type HeldRevision } from "../domain/arrivals"
import type { InboxVerdict } from "../domain/inbox"

const NOW = new Date("2026-11-30T10:00:00.000Z")

type Row = HeldRevision & { error: string | null; conflict: unknown }

/** An inbox as its table is: what `receiveInTurn` answers is written into it. */
class Inbox {
  rows: Row[] = []
  private made = 0

  /** Answers whether each of these came as something else than is there. */
  receive(arrivals: readonly Arrival[]): { id: string; state: string }[] {
    const newId = () => `row_${(this.made += 1)}`
    const { answers, fresh, contradicted, superseding } = receiveInTurn(arrivals, this.heldOf(arrivals), { newId, now: NOW })
    for (const { id, error, conflict } of contradicted) {
      this.rows = this.rows.map((row) =>
        row.id === id ? { ...row, status: "desync", error, conflict: row.conflict ?? conflict } : row
      )
    }
    for (const { key } of superseding) {
      this.rows = this.rows.map((row) =>
        row.key === key && WAITING.includes(row.status) ? { ...row, status: "ignored", error: "superseded" } : row
      )
    }
    for (const { arrival, id, content_hash, status, error, conflict } of fresh) {
      const { key, incarnation, revision } = arrival
      this.rows.push({ key, incarnation, revision, id, content_hash, status, error: status === "ignored" ? "" : error, conflict })
    }
    return [...answers]
  }

  /** As the query has it: the revisions asked for, and the newest of each document. */
  private heldOf(arrivals: readonly Arrival[]): HeldRevision[] {
    const isAsked = (row: Row) =>
      arrivals.some((it) => it.key === row.key && it.incarnation === row.incarnation && it.revision === row.revision)
    const isNewest = (row: Row) =>
      this.rows.every(
        (it) =>
          it.key !== row.key ||
          it.incarnation < row.incarnation ||
          (it.incarnation === row.incarnation && it.revision <= row.revision)
      )
    return this.rows.filter((row) => isAsked(row) || (isNewest(row) && arrivals.some(({ key }) => key === row.key)))
  }

  /** Without what may differ in words. */
  get contents() {
    return this.rows
      .map(({ key, incarnation, revision, content_hash, status, conflict }) => ({
        key,
        incarnation,
        revision,
        content_hash,
        status,
        conflict,
      }))
      .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
  }
}

const verdict = fc.constantFrom<InboxVerdict>(
  { state: "known" },
  { state: "known" },
  { state: "unsupported", reason: "newer" },
  { state: "malformed", reason: "bad" }
)
const arrival = fc.record({
  key: fc.constantFrom("one", "two"),
  name: fc.constant("order one"),
  incarnation: fc.constantFrom(1, 2),
  revision: fc.integer({ min: 1, max: 4 }),
  content_hash: fc.constantFrom("aaaa", "aaaa", "bbbb"),
  verdict,
  body: fc.constant({}),
})

describe("documents that come together", () => {
  it("end as if they had come one after another", () => {
    fc.assert(
      fc.property(fc.array(fc.array(arrival, { maxLength: 8 }), { maxLength: 4 }), (batches) => {
        const [together, apart] = [new Inbox(), new Inbox()]
        for (const batch of batches) {
          const answers = together.receive(batch)
          const single = batch.flatMap((it) => apart.receive([it]))
          expect(answers).toHaveLength(single.length)
          // Who was superseded or contradicted before the batch has ended is told so, as if it had come after that.
          answers.forEach(({ id, state }, index) => {
            const status = together.rows.find((it) => it.id === id)?.status
            const states = [single[index].state, status === "desync" ? "desync" : "older"]
            expect(states).toContain(state)
            expect(state !== "new" || status === "received").toBe(true)
          })
        }
        expect(together.contents).toEqual(apart.contents)
      }),
      { numRuns: 500, seed: 20261130 }
    )
  })
})
