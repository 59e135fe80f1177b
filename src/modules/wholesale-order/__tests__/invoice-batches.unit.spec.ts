import fc from "fast-check"

import { NET_30 } from "../../../lib/terms/payment-terms"
import { batchesOf, misfit, type WaitingPart } from "../domain/invoice-batches"

const waiting = (order_number: string, day: number, changes: Partial<WaitingPart> = {}): WaitingPart => ({
  order_id: `order_${order_number}`,
  order_number,
  part: 0,
  account_id: "acc_1",
  connection_id: null,
  currency_code: "usd",
  terms: NET_30,
  supplied_at: new Date(Date.UTC(2026, 5, day)),
  line_count: 2,
  ...changes,
})
const saying = (parts: readonly WaitingPart[], maxLines?: number) =>
  batchesOf(parts, maxLines).map((batch) => batch.parts.map(({ order_id, part }) => `${order_id.slice(6)}/${part}`).join(" "))

describe("which parts go on one invoice", () => {
  it("are those that waited longest in front, with the shipments of an order together", () => {
    expect(
      saying([
        waiting("3", 4, { part: 2 }),
        waiting("2", 3, { part: 1 }),
        waiting("1", 3),
        waiting("3", 1, { part: 1 }),
      ])
    ).toEqual(["3/1 3/2 1/0 2/1"])
  })

  it("are apart where account, connection, currency or terms are others", () => {
    expect(
      saying([
        waiting("1", 1),
        waiting("2", 2, { account_id: "acc_2" }),
        waiting("3", 3, { connection_id: "con_1" }),
        waiting("4", 4, { currency_code: "eur" }),
        waiting("5", 5, { terms: { type: "net", days: 60, discount: null } }),
        waiting("6", 6, { terms: { ...NET_30, discount: { percent: "2", days: 10 } } }),
        // The same terms, out of the database.
        waiting("7", 7, { terms: { discount: null, days: 30, type: "net" } }),
      ])
    ).toEqual(["1/0 7/0", "2/0", "3/0", "4/0", "5/0", "6/0"])
  })

  it("are split where one invoice would be too long, and one part is never too long by itself", () => {
    // 2 + 2 = 4 lines; the fifth does not fit. 9 lines stand alone.
    expect(saying([waiting("1", 1), waiting("2", 2), waiting("3", 3), waiting("4", 4, { line_count: 9 })], 4)).toEqual([
      "1/0 2/0",
      "3/0",
      "4/0",
    ])
  })

  it("are each on exactly one, whatever order they come in", () => {
    const part = fc.record({
      order: fc.integer({ min: 1, max: 6 }),
      part: fc.integer({ min: 0, max: 3 }),
      account_id: fc.constantFrom("acc_1", "acc_2"),
      day: fc.integer({ min: 1, max: 28 }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(part, { selector: (each) => `${each.order} ${each.part}` }).chain((parts) =>
          fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length }))
        ),
        ([parts, shuffled]) => {
          // An order is one account's.
          const given = (of: typeof parts) =>
            of.map((each) => waiting(String(each.order), each.day, { part: each.part, account_id: `acc_${each.order % 2}` }))
          const said = saying(given(parts), 5)
          expect(saying(given(shuffled), 5)).toEqual(said)
          expect(said.flatMap((batch) => batch.split(" ")).sort()).toEqual(
            parts.map((each) => `${each.order}/${each.part}`).sort()
          )
        }
      )
    )
  })
})

describe("orders that are named for one invoice", () => {
  it("fit, or one is named with what it differs in", () => {
    expect(misfit([waiting("1", 1), waiting("2", 2)])).toBeUndefined()
    expect(misfit([waiting("1", 1), waiting("2", 2, { currency_code: "eur" })])).toMatchObject({
      part: { order_number: "2" },
      differs_in: "currency_code",
    })
    expect(misfit([waiting("1", 1), waiting("2", 2, { terms: { ...NET_30, days: 60 } })])?.differs_in).toBe("terms")
  })
})
