import { isOverdue } from "../domain/overdue"
import type { InvoiceEvent, InvoiceFigures, InvoiceStatus } from "../domain/invoice-machine"
import {
  allowedInvoiceEvents,
  conditionsAfter,
  creditableOf,
  INVOICE_STATUSES,
  invoiceMachine,
  outstandingOf,
} from "../domain/invoice-machine"
import type {
  MirrorEvent,
  MirrorRefundEvent,
  MirrorRefundStatus,
  MirrorStatus,
} from "../domain/mirror-machine"
import { mirrorMachine, mirrorRefundMachine } from "../domain/mirror-machine"

function invoice(
  status: InvoiceStatus,
  total: string,
  paid_total = "0.00",
  credited_total = "0.00"
): InvoiceFigures {
  // Its notes are put to what is outstanding, and to no more: 100 − 100 paid leaves nothing for a note.
  const open = Number(total) - Number(paid_total)
  return {
    currency_code: "usd",
    status,
    total,
    paid_total,
    credited_total,
    applied_credit_total: Math.min(open, Number(credited_total)).toFixed(2),
    discount_total: "0.00",
    written_off_total: "0.00",
  }
}

/** Where each event leads: while something stays open, and when it settles the invoice. */
type Ends = readonly [leavesOpen: InvoiceStatus | undefined, settles: InvoiceStatus | undefined]

const expected: Record<InvoiceStatus, Record<Exclude<InvoiceEvent, "release">, Ends>> = {
  issued: {
    pay: ["partially_paid", "paid"],
    credit: ["issued", "credited"],
    write_off: ["issued", "written_off"],
    void: ["void", "void"],
  },
  partially_paid: {
    pay: ["partially_paid", "paid"],
    credit: ["partially_paid", "paid"],
    write_off: ["partially_paid", "paid"],
    void: [undefined, undefined],
  },
  paid: {
    pay: [undefined, undefined],
    credit: [undefined, "paid"],
    write_off: [undefined, undefined],
    void: [undefined, undefined],
  },
  credited: {
    pay: [undefined, undefined],
    // one that a write-off closed after its notes
    credit: [undefined, "credited"],
    write_off: [undefined, undefined],
    void: [undefined, undefined],
  },
  void: {
    pay: [undefined, undefined],
    credit: [undefined, undefined],
    write_off: [undefined, undefined],
    void: [undefined, undefined],
  },
  written_off: {
    pay: [undefined, undefined],
    credit: [undefined, undefined],
    write_off: [undefined, undefined],
    void: [undefined, undefined],
  },
}

describe("invoice machine", () => {
  const pairs = INVOICE_STATUSES.flatMap((status) =>
    (["pay", "credit", "write_off", "void"] as const).map((event) => [status, event, ...expected[status][event]] as const)
  )

  it.each(pairs)("%s × %s leads to %s while something is open, to %s when it settles", (status, event, open, settled) => {
    const given = (met: string) => (condition: string) =>
      condition === met || condition === "untouched"
    expect(invoiceMachine.next(status, event, given("leaves_open"))).toBe(open)
    expect(invoiceMachine.next(status, event, given("settles"))).toBe(settled)
  })

  it.each<[InvoiceStatus, InvoiceStatus | undefined, InvoiceStatus | undefined]>([
    ["issued", undefined, "issued"],
    ["partially_paid", "partially_paid", "issued"],
    ["paid", "partially_paid", "issued"],
    ["credited", undefined, "issued"],
    ["written_off", undefined, "issued"],
    ["void", undefined, undefined],
  ])("%s × release leads to %s while money lies on it, to %s when none does", (status, some, none) => {
    expect(invoiceMachine.next(status, "release", (condition) => condition === "keeps_money")).toBe(some)
    expect(invoiceMachine.next(status, "release", (condition) => condition === "keeps_none")).toBe(none)
  })

  it("does not void an invoice on which something was paid or credited", () => {
    for (const touched of [
      invoice("issued", "100.00", "0.00", "1.00"),
      invoice("partially_paid", "100.00", "1.00"),
    ]) {
      expect(invoiceMachine.next(touched.status, "void", conditionsAfter(touched))).toBeUndefined()
    }
  })

  it.each<[InvoiceFigures, InvoiceEvent[]]>([
    [invoice("issued", "100.00"), ["pay", "credit", "write_off", "void"]],
    [invoice("issued", "100.00", "0.00", "10.00"), ["pay", "credit", "write_off"]],
    [invoice("partially_paid", "100.00", "10.00"), ["pay", "credit", "write_off"]],
    [invoice("paid", "100.00", "100.00"), ["credit"]],
    [invoice("paid", "100.00", "100.00", "100.00"), []],
    [invoice("credited", "100.00", "0.00", "100.00"), []],
    [invoice("void", "100.00"), []],
    [{ ...invoice("written_off", "100.00"), written_off_total: "100.00" }, []],
  ])("offers for %j just %j", (figures, events) => {
    expect(allowedInvoiceEvents(figures)).toEqual(events)
  })

  it.each<[InvoiceFigures, string, string]>([
    // total − paid − credited; total − credited
    [invoice("issued", "32.14"), "32.14", "32.14"],
    [invoice("partially_paid", "32.14", "30.00", "1.14"), "1.00", "31.00"],
    // 100 − 100 − 40 = −40: credit on account, not a negative debt
    [invoice("paid", "100.00", "100.00", "40.00"), "0.00", "60.00"],
    [invoice("void", "100.00"), "0.00", "0.00"],
  ])("%j has %s outstanding and %s creditable", (figures, outstanding, creditable) => {
    expect(outstandingOf(figures)).toBe(outstanding)
    expect(creditableOf(figures)).toBe(creditable)
  })
})

describe("overdue", () => {
  it.each<[InvoiceStatus, string, string, boolean]>([
    ["issued", "0.00", "2026-03-13T00:00:00.000Z", true],
    // the day on which it is due is not over
    ["issued", "0.00", "2026-03-12T23:59:59.999Z", false],
    ["partially_paid", "99.99", "2026-04-01T00:00:00.000Z", true],
    ["paid", "100.00", "2026-04-01T00:00:00.000Z", false],
    ["void", "0.00", "2026-04-01T00:00:00.000Z", false],
  ])("%s with %s paid is at %s overdue: %s", (status, paid, now, overdue) => {
    const outstanding = outstandingOf(invoice(status, "100.00", paid))
    expect(isOverdue({ outstanding, due_at: "2026-03-12T08:30:00.000Z" }, new Date(now))).toBe(overdue)
  })

  it("is of no matter to an invoice that was credited as a whole", () => {
    const outstanding = outstandingOf(invoice("credited", "100.00", "0.00", "100.00"))
    expect(isOverdue({ outstanding, due_at: "2026-03-12T08:30:00.000Z" }, new Date("2027-01-01T00:00:00Z"))).toBe(false)
  })
})

describe("mirror machines", () => {
  const mirror: Record<MirrorStatus, Record<MirrorEvent, MirrorStatus | undefined>> = {
    pending: { make: "made", reverse: "reversed" },
    made: { make: undefined, reverse: "reversed" },
    reversed: { make: undefined, reverse: undefined },
  }
  it.each(
    mirrorMachine.states.flatMap((status) =>
      mirrorMachine.events.map((event) => [status, event, mirror[status][event]] as const)
    )
  )("mirror: %s × %s leads to %s", (status, event, next) => {
    expect(mirrorMachine.next(status, event)).toBe(next)
  })

  const refund: Record<MirrorRefundStatus, Record<MirrorRefundEvent, MirrorRefundStatus | undefined>> = {
    pending: { refund: "done", supersede: "superseded" },
    done: { refund: undefined, supersede: undefined },
    superseded: { refund: undefined, supersede: undefined },
  }
  it.each(
    mirrorRefundMachine.states.flatMap((status) =>
      mirrorRefundMachine.events.map((event) => [status, event, refund[status][event]] as const)
    )
  )("mirror refund: %s × %s leads to %s", (status, event, next) => {
    expect(mirrorRefundMachine.next(status, event)).toBe(next)
  })
})
