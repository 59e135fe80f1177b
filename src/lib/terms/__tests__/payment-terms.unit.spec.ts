import { WholesaleError } from "../../errors/wholesale-error"
import type { GivenTerms } from "../payment-terms"
import { discountUntil, dueDate, NET_30, paymentTerms } from "../payment-terms"

const at = (moment: string) => new Date(moment)

describe("payment terms", () => {
  it.each<[GivenTerms, string]>([
    // 4 June + 15 days
    [{ type: "net", days: 15 }, "2026-06-19T09:00:00Z"],
    [{ type: "net", days: 0 }, "2026-06-04T09:00:00Z"],
    // 30 June + 15 days
    [{ type: "end_of_month", days: 15 }, "2026-07-15T09:00:00Z"],
    [{ type: "end_of_month", days: 0 }, "2026-06-30T09:00:00Z"],
    [{ type: "due_on_receipt" }, "2026-06-04T09:00:00Z"],
    [{ type: "prepaid" }, "2026-06-04T09:00:00Z"],
  ])("%j of an invoice of 4 June 2026 are due %s", (given, due) => {
    expect(dueDate(at("2026-06-04T09:00:00Z"), paymentTerms(given))).toEqual(at(due))
  })

  it.each([
    // January has 31 days, so has the end of it
    ["2026-01-31T09:00:00Z", "2026-02-10T09:00:00Z"],
    ["2028-02-10T09:00:00Z", "2028-03-10T09:00:00Z"],
    ["2026-12-01T09:00:00Z", "2027-01-10T09:00:00Z"],
  ])("end of month plus 10 of %s are due %s", (issued, due) => {
    expect(dueDate(at(issued), paymentTerms({ type: "end_of_month", days: 10 }))).toEqual(at(due))
  })

  it("gives 2/10 net 30 ten days for the discount", () => {
    const terms = paymentTerms({ type: "net", days: 30, discount: { percent: 2, days: 10 } })
    expect(terms).toEqual({ type: "net", days: 30, discount: { percent: "2", days: 10 } })
    expect(discountUntil(at("2026-06-04T09:00:00Z"), terms)).toEqual(at("2026-06-14T09:00:00Z"))
    expect(discountUntil(at("2026-06-04T09:00:00Z"), NET_30)).toBeNull()
  })

  it("ends the discount when the invoice is due", () => {
    // 28 June + 10 days would be 8 July; the month ends on 30 June
    const terms = paymentTerms({ type: "end_of_month", days: 0, discount: { percent: "2", days: 10 } })
    expect(discountUntil(at("2026-06-28T09:00:00Z"), terms)).toEqual(at("2026-06-30T09:00:00Z"))
    expect(discountUntil(at("2026-06-04T09:00:00Z"), terms)).toEqual(at("2026-06-14T09:00:00Z"))
  })

  it("fills in what the type does not count", () => {
    expect(paymentTerms({ type: "prepaid" })).toEqual({ type: "prepaid", days: 0, discount: null })
    expect(paymentTerms({ type: "net", days: 30 })).toEqual(NET_30)
    expect(paymentTerms({ type: "net", days: 30, discount: { percent: "2.50", days: 5 } }).discount).toEqual({
      percent: "2.5",
      days: 5,
    })
  })

  it.each<[GivenTerms, string]>([
    [{ type: "net" }, "days"],
    [{ type: "net", days: -1 }, "days"],
    [{ type: "net", days: 0.5 }, "days"],
    [{ type: "net", days: 366 }, "days"],
    [{ type: "net", days: Number.NaN }, "days"],
    [{ type: "end_of_month" }, "days"],
    [{ type: "due_on_receipt", days: 3 }, "days"],
    [{ type: "prepaid", days: 3 }, "days"],
    [{ type: "prepaid", discount: { percent: "2", days: 0 } }, "discount"],
    [{ type: "net", days: 30, discount: { percent: "0", days: 10 } }, "discount.percent"],
    [{ type: "net", days: 30, discount: { percent: "0.00", days: 10 } }, "discount.percent"],
    [{ type: "net", days: 30, discount: { percent: "100", days: 10 } }, "discount.percent"],
    [{ type: "net", days: 30, discount: { percent: "-2", days: 10 } }, "discount.percent"],
    [{ type: "net", days: 30, discount: { percent: "2", days: 1.5 } }, "discount.days"],
    [{ type: "net", days: 30, discount: { percent: "2", days: 31 } }, "discount.days"],
  ])("refuses %j and names %s", (given, field) => {
    const refused = () => paymentTerms(given)
    expect(refused).toThrow(WholesaleError)
    expect(refused).toThrow(expect.objectContaining({ status: 400, code: "invalid_terms", details: { field } }))
  })
})
