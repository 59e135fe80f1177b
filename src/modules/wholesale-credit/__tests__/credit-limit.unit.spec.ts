import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { nonNegativeAmount } from "../../../lib/money/exact-amount"
import { balanceDelta, RECORDABLE_KINDS } from "../domain/credit-entry"
import type { CreditPosition } from "../domain/credit-limit"
import { assertLimit, availableCredit, exposureOf } from "../domain/credit-limit"

function position(
  credit_limit: string | null,
  balance = "0.00",
  reserved = "0.00"
): CreditPosition {
  return { account_id: "whacc_1", currency_code: "usd", credit_limit, balance, reserved }
}

function refusal(run: () => unknown) {
  try {
    run()
  } catch (error) {
    return asWholesaleError(error)
  }
  return undefined
}

describe("a limit that is to be set", () => {
  it.each([undefined, null, "0", "500", "500.25"])("may be %p", (limit) => {
    expect(refusal(() => assertLimit(limit, "usd"))).toBeUndefined()
  })

  it.each([["-1", "usd"], ["1.005", "usd"], ["1.5", "jpy"]])("may not be %s in %s", (limit, currency) => {
    expect(refusal(() => assertLimit(limit, currency))?.code).toBe("invalid_amount")
  })
})

describe("credit limit", () => {
  it("sums balance and reservations to exposure and tells what is left", () => {
    const account = position("5000.00", "1200.00", "300.50")
    expect(exposureOf(account)).toBe("1500.50")
    expect(availableCredit(account)).toBe("3499.50")
    expect(availableCredit(position("100.00", "150.00"))).toBe("-50.00")
    expect(availableCredit(position(null))).toBeNull()
  })
})

describe("what an entry does to the balance", () => {
  it.each([
    ["payment", "1200", "-1200.00"],
    ["payment_void", "1200", "1200.00"],
    ["credit_note", "32.14", "-32.14"],
    ["refund", "10", "10.00"],
    ["discount", "100", "-100.00"],
    ["discount_void", "100", "100.00"],
    ["write_off", "0.40", "-0.40"],
    ["write_off_void", "0.40", "0.40"],
    ["late_charge", "10.41", "10.41"],
    ["late_charge_void", "10.41", "-10.41"],
    ["invoice_difference", "-0.01", "-0.01"],
    ["invoice_difference", "0.01", "0.01"],
    ["adjustment", "-5", "-5.00"],
  ] as const)("a %s of %s moves it by %s", (kind, amount, delta) => {
    expect(balanceDelta(kind, amount, "usd")).toBe(delta)
  })

  it.each(RECORDABLE_KINDS.filter((kind) => !["adjustment", "invoice_difference"].includes(kind)))(
    "refuses a negative %s",
    (kind) => {
      expect(refusal(() => balanceDelta(kind, "-1", "usd"))?.code).toBe("invalid_amount")
    }
  )

  it.each([
    ["jpy", "1.5"],
    ["usd", "1.005"],
    ["kwd", "1.0005"],
  ])("refuses more digits than %s has: %s", (currency, amount) => {
    expect(refusal(() => nonNegativeAmount(amount, currency))?.details).toEqual({
      amount,
      currency_code: currency,
    })
  })
})
