import fc from "fast-check"
import { MathBN } from "@medusajs/framework/utils"

import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { negateAmount, subtractAmounts } from "../../../lib/money/amount"
import type { Reservation, ReservationEntry, ReservationEvent, ReservationStatus } from "../domain/reservation"
import { amountToUnpost, reservationFrom, reservationMachine } from "../domain/reservation"

const reserve: ReservationEntry = { kind: "reserve", balance_delta: "0", reserved_delta: "600.00" }
const post: ReservationEntry = { kind: "post", balance_delta: "600.00", reserved_delta: "-600.00" }
const restored: ReservationEntry = {
  kind: "restore",
  balance_delta: "-600.00",
  reserved_delta: "600.00",
}
const voided: ReservationEntry = { kind: "void", balance_delta: "0", reserved_delta: "-600.00" }
const suspended: ReservationEntry = { kind: "suspend", balance_delta: "0", reserved_delta: "-600.00" }
const resumed = (amount: string): ReservationEntry => ({
  kind: "resume",
  balance_delta: "0",
  reserved_delta: amount,
})
const unpost = (amount: string): ReservationEntry => ({
  kind: "unpost",
  balance_delta: `-${amount}`,
  reserved_delta: "0",
})

/** What an event moves; a suspended order of at most 600 takes `taken` again. */
function deltas(event: ReservationEvent, { reserved, posted }: Reservation, taken: string) {
  const none = { balance_delta: "0", reserved_delta: "0" }
  const givesBack = { ...none, reserved_delta: negateAmount(reserved, "usd") }
  return {
    post: { balance_delta: reserved, reserved_delta: negateAmount(reserved, "usd") },
    void: givesBack,
    suspend: givesBack,
    resume: { ...none, reserved_delta: "210.00" },
    unpost: { ...none, balance_delta: negateAmount(taken, "usd") },
    restore: { balance_delta: negateAmount(posted, "usd"), reserved_delta: posted },
  }[event]
}

describe("credit reservation", () => {
  it.each<[string, ReservationEntry[], ReservationStatus, string, string]>([
    ["reserved", [reserve], "reserved", "600.00", "0.00"],
    ["posted", [reserve, post], "posted", "0.00", "600.00"],
    ["voided", [reserve, voided], "void", "0.00", "0.00"],
    ["unposted as a whole", [reserve, post, unpost("600.00")], "unposted", "0.00", "0.00"],
    ["unposted in part", [reserve, post, unpost("250.00")], "posted", "0.00", "350.00"],
    ["unposted in two parts", [reserve, post, unpost("250.00"), unpost("350.00")], "unposted", "0.00", "0.00"],
    ["restored after a refused approval", [reserve, post, restored], "reserved", "600.00", "0.00"],
    ["approved again after that", [reserve, post, restored, post], "posted", "0.00", "600.00"],
    ["suspended", [reserve, suspended], "suspended", "0.00", "0.00"],
    ["voided while suspended", [reserve, suspended, { ...voided, reserved_delta: "0" }], "void", "0.00", "0.00"],
    ["resumed as it was", [reserve, suspended, resumed("600.00")], "reserved", "600.00", "0.00"],
    // The order was split while it waited: 600 − 600 + 210 = 210.
    ["resumed for less", [reserve, suspended, resumed("210.00")], "reserved", "210.00", "0.00"],
  ])("is read from its entries: %s", (_, entries, status, reserved, posted) => {
    expect(reservationFrom(entries, "usd")).toEqual({ status, reserved, posted })
  })

  it("keeps its status when the order costs nothing", () => {
    const none = (kind: ReservationEntry["kind"]): ReservationEntry => ({
      kind,
      balance_delta: "0",
      reserved_delta: "0",
    })
    const statuses = (["reserve", "post", "restore", "post", "unpost"] as const).map(
      (_, index, kinds) => reservationFrom(kinds.slice(0, index + 1).map(none), "usd").status
    )
    expect(statuses).toEqual(["reserved", "posted", "reserved", "posted", "unposted"])
  })

  const expected: Record<ReservationStatus, Partial<Record<ReservationEvent, ReservationStatus>>> = {
    reserved: { post: "posted", void: "void", suspend: "suspended" },
    suspended: { void: "void", resume: "reserved" },
    posted: { unpost: "unposted", restore: "reserved" },
    void: {},
    unposted: {},
  }
  const pairs = reservationMachine.states.flatMap((state) =>
    reservationMachine.events.map((event) => [state, event, expected[state][event]] as const)
  )

  it.each(pairs)("%s × %s leads to %s", (state, event, next) => {
    const takesAll = (condition: string) => condition === "takes_all"
    expect(reservationMachine.next(state, event, takesAll)).toBe(next)
  })

  it("stays posted after an unpost that leaves a part", () => {
    const leavesPart = (condition: string) => condition === "leaves_part"
    expect(reservationMachine.next("posted", "unpost", leavesPart)).toBe("posted")
  })

  it("agrees with its machine over every sequence of allowed events", () => {
    const step = fc.record({
      event: fc.constantFrom<ReservationEvent>(...reservationMachine.events),
      share: fc.integer({ min: 1, max: 100 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const entries = [reserve]
        for (const { event, share } of steps) {
          const before = reservationFrom(entries, "usd")
          const taken = MathBN.mult(before.posted, share).div(100).toFixed(2, 1)
          const takesAll = MathBN.eq(taken, before.posted)
          const next = reservationMachine.next(
            before.status,
            event,
            (condition) => (condition === "takes_all") === takesAll
          )
          if (next === undefined) {
            continue
          }
          entries.push({ kind: event, ...deltas(event, before, taken) })
          const after = reservationFrom(entries, "usd")
          expect(after.status).toBe(next)
          // What is reserved and posted never grows beyond the reservation.
          const left = subtractAmounts("600.00", MathBN.add(after.posted, after.reserved), "usd")
          expect(MathBN.gte(left, 0)).toBe(true)
        }
      })
    )
  })

  it("unposts everything unless told a part, and never more than is posted", () => {
    expect(amountToUnpost("600.00", undefined)).toBe("600.00")
    expect(amountToUnpost("600.00", "100.00")).toBe("100.00")
    let refusal: unknown
    try {
      amountToUnpost("600.00", "600.01")
    } catch (error) {
      refusal = error
    }
    expect(asWholesaleError(refusal)).toMatchObject({
      code: "unpost_exceeds_posted",
      details: { posted: "600.00", amount: "600.01", over_by: "0.01" },
    })
  })
})
