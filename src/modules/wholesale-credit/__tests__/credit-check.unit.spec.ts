import fc from "fast-check"
import { MathBN } from "@medusajs/framework/utils"

import { sumAmounts } from "../../../lib/money/amount"
import type { CheckedGroup, CreditCheck } from "../domain/credit-check"
import { checkCredit, isBeyondHardLine } from "../domain/credit-check"
import type { CreditSettings } from "../../../lib/credit-rules/credit-settings"
import { CREDIT_PRESET, NO_CREDIT_RULES } from "../../../lib/credit-rules/credit-settings"

type Asked = Omit<Partial<CreditCheck>, "settings"> & { readonly settings?: Partial<CreditSettings> }

function check({ settings, ...asked }: Asked) {
  return checkCredit({
    account_id: "whacc_1",
    currency_code: "usd",
    amount: "0.00",
    exposure: "0.00",
    group: null,
    prepaid: false,
    past_due: null,
    manual: [],
    settings: { ...NO_CREDIT_RULES, ...settings },
    ...asked,
  })
}

/** `refused`, the kinds of holds in the order they were found, or `passes`. */
function verdict(asked: Asked): string {
  const { reasons, refusal } = check(asked)
  return refusal ? "refused" : reasons.map(({ kind }) => kind).join(" + ") || "passes"
}

const hold = (credit_limit: string | null, changes: Partial<CreditSettings> = {}): Partial<CreditSettings> => ({
  credit_limit,
  policy: "hold",
  ...changes,
})
const LINES = { soft_threshold_percent: "80", hard_threshold_percent: "95" }

describe("credit without thresholds", () => {
  it("lets everything pass where no limit is set, under either policy", () => {
    expect(verdict({ exposure: "9000.00", amount: "1000000.00" })).toBe("passes")
    expect(verdict({ settings: hold(null, LINES), exposure: "9000.00", amount: "1000000.00" })).toBe("passes")
  })

  it.each(["block", "hold"] as const)("lets nothing go on account at a limit of zero, policy %s", (policy) => {
    const { refusal } = check({ settings: { credit_limit: "0.00", policy }, amount: "0.01" })
    expect(refusal).toMatchObject({
      status: 409,
      code: "credit_limit_exceeded",
      details: { limit: "0.00", exposure: "0.00", order_amount: "0.01", over_by: "0.01" },
    })
  })

  it("lets an order spend credit on account at a limit of zero", () => {
    // Balance −50 + order 50 = 0, not above the limit of 0.
    const settings = { credit_limit: "0.00" }
    expect(verdict({ settings, exposure: "-50.00", amount: "50.00" })).toBe("passes")
    expect(verdict({ settings, exposure: "-50.00", amount: "50.01" })).toBe("refused")
  })

  it("lets an order reach a limit exactly and not pass it", () => {
    // 3000 owed + 1400 reserved = 4400; 600 more is 5000.
    const settings = { credit_limit: "5000.00" }
    expect(verdict({ settings, exposure: "4400.00", amount: "600.00" })).toBe("passes")
    // 4400 + 600.01 = 5000.01, over by 0.01.
    expect(check({ settings, exposure: "4400.00", amount: "600.01" }).refusal).toMatchObject({
      status: 409,
      code: "credit_limit_exceeded",
      message:
        "The order over 600.01 USD would bring account whacc_1 to 5000.01 USD, " +
        "0.01 USD over its credit limit of 5000.00 USD.",
      details: { limit: "5000.00", exposure: "4400.00", order_amount: "600.01", over_by: "0.01" },
    })
  })

  it("lets an order that costs nothing pass an account that is over its limit", () => {
    expect(verdict({ settings: { credit_limit: "100.00" }, exposure: "150.00" })).toBe("passes")
    expect(verdict({ settings: hold("0.00", LINES), exposure: "150.00" })).toBe("passes")
  })
})

describe("worked cases", () => {
  it("1: an order of 85,000 on 45,000 of 75,000 is held with its figures", () => {
    // 45,000 + 85,000 = 130,000; 130,000 − 75,000 = 55,000 over; 130,000 / 75,000 = 173.33 %.
    const { reasons, refusal } = check({ settings: hold("75000.00"), exposure: "45000.00", amount: "85000.00" })
    expect(refusal).toBeNull()
    expect(reasons).toEqual([
      {
        kind: "hard",
        basis: "account",
        figures: {
          currency_code: "usd",
          limit: "75000.00",
          threshold_percent: "100",
          threshold: "75000.00",
          exposure: "45000.00",
          order_amount: "85000.00",
          exposure_after: "130000.00",
          used_percent: "173.3",
          over_by: "55000.00",
          prepaid: false,
          group_id: null,
        },
      },
    ])
  })

  it("2: 35 of the 100 units at 850 are beyond the hard line, and going on with them an override", () => {
    // 35 × 850 = 29,750; 45,000 + 29,750 = 74,750; 95 % of 75,000 = 71,250; over by 3,500.
    const settings = hold("75000.00", LINES)
    const { reasons } = check({ settings, exposure: "45000.00", amount: "29750.00" })
    expect(reasons).toMatchObject([
      { kind: "hard", figures: { exposure_after: "74750.00", threshold: "71250.00", over_by: "3500.00" } },
    ])
    expect(isBeyondHardLine(reasons)).toBe(true)
  })

  it.each([
    // 80 % of 25,000 = 20,000; 95 % = 23,750.
    ["20000.00", "passes"],
    ["20000.01", "soft"],
    ["23750.00", "soft"],
    ["23750.01", "hard"],
    ["25000.00", "hard"],
    ["25000.01", "hard"],
  ])("3: an order of %s against 25,000 with lines at 80 and 95 %%: %s", (amount, expected) => {
    expect(verdict({ settings: hold("25000.00", LINES), amount })).toBe(expected)
  })

  it("3: policy block holds between the hard line and the limit, and refuses beyond the limit", () => {
    const settings = { credit_limit: "25000.00", ...LINES }
    expect(verdict({ settings, amount: "25000.00" })).toBe("hard")
    expect(verdict({ settings, amount: "25000.01" })).toBe("refused")
  })

  it.each([
    // Each order of 600 that passes adds to the exposure; 10 of them against 5,000.
    // 8 × 600 = 4,800, the ninth would make 5,400.
    [8, {}],
    // Hard 4,750: 7 × 600 = 4,200, the eighth would make 4,800.
    [7, { hard_threshold_percent: "95" }],
    // Soft 4,000: 6 × 600 = 3,600, the seventh would make 4,200.
    [6, LINES],
  ])("4: %d of ten orders of 600 against 5,000 pass with %j", (passing, lines) => {
    const settings = hold("5000.00", lines)
    const passed = Array.from({ length: 10 }).reduce<string>((exposure) => {
      const { reasons } = check({ settings, exposure, amount: "600.00" })
      return reasons.length ? exposure : sumAmounts([exposure, "600.00"], "usd")
    }, "0.00")
    expect(passed).toBe(sumAmounts([passing * 600], "usd"))
  })

  it.each([
    // Due on 31 Jan 2026: 28 days of February and 17 of March are 45; one day more is 46.
    ["17 Mar", 45, "500.00", "passes"],
    ["18 Mar", 46, "500.00", "past_due"],
    ["18 Mar, a residue", 46, "0.40", "passes"],
    ["18 Mar, exactly the tolerance", 46, "1.00", "passes"],
    ["18 Mar, beyond the tolerance", 46, "1.01", "past_due"],
  ])("5: an order on %s, %d days late with %s due: %s", (_, days_late, amount, expected) => {
    const settings = { past_due_days: 45, past_due_tolerance: "1.00" }
    const past_due = { amount, oldest_due_on: "2026-01-31", days_late }
    expect(verdict({ settings, amount: "10.00", past_due })).toBe(expected)
  })

  it.each([
    // 45,000 + 28,000 = 73,000 of 75,000 = 97.33 %.
    ["45000.00", "hard", "97.3"],
    // 40,000 + 28,000 = 68,000 = 90.67 %.
    ["40000.00", "soft", "90.7"],
    // 32,000 + 28,000 = 60,000 = 80.0 %, exactly the soft line.
    ["32000.00", "passes", undefined],
  ])("6: 28,000 on %s owed of 75,000: %s", (exposure, expected, used_percent) => {
    const asked = { settings: hold("75000.00", LINES), exposure, amount: "28000.00" }
    expect(verdict(asked)).toBe(expected)
    const [reason] = check(asked).reasons
    expect(reason && "used_percent" in reason.figures ? reason.figures.used_percent : undefined).toBe(used_percent)
  })
})

describe("past due", () => {
  const past_due = { amount: "500.00", oldest_due_on: "2026-01-31", days_late: 400 }

  it("never holds where no days are set", () => {
    expect(verdict({ amount: "10.00", past_due })).toBe("passes")
  })

  it("tolerates nothing where no tolerance is set, and holds orders that cost nothing too", () => {
    const settings = { past_due_days: 0 }
    expect(check({ settings, past_due: { ...past_due, amount: "0.01", days_late: 1 } }).reasons).toEqual([
      {
        kind: "past_due",
        basis: "account",
        figures: {
          amount: "0.01",
          oldest_due_on: "2026-01-31",
          days_late: 1,
          currency_code: "usd",
          past_due_days: 0,
          tolerance: "0.00",
        },
      },
    ])
  })
})

describe("prepaid terms", () => {
  it.each([
    // A limit of its own does not matter: only credit on account carries the order.
    ["0.00", "100.00", "hard"],
    ["-99.99", "100.00", "hard"],
    ["-100.00", "100.00", "passes"],
    ["0.00", "0.00", "passes"],
  ])("with exposure %s and an order of %s: %s", (exposure, amount, expected) => {
    for (const settings of [{ credit_limit: null }, { credit_limit: "0.00" }, { credit_limit: "5000.00" }]) {
      expect(verdict({ settings, exposure, amount, prepaid: true })).toBe(expected)
    }
  })

  it("is held, not refused, where it is beyond a group's limit, too", () => {
    const group: CheckedGroup = { ...NO_CREDIT_RULES, id: "whcredgrp_1", name: "G", credit_limit: "50.00", exposure: "0.00" }
    expect(verdict({ amount: "100.00", group, prepaid: true })).toBe("hard + hard")
  })
})

describe("a group's limit", () => {
  const group = (credit_limit: string | null, exposure: string, changes: Partial<CheckedGroup> = {}): CheckedGroup => ({
    id: "whcredgrp_1",
    name: "Elm Group",
    policy: "hold",
    soft_threshold_percent: null,
    hard_threshold_percent: null,
    credit_limit,
    exposure,
    ...changes,
  })

  it("holds what the account's own would let pass", () => {
    // Members owe 900 together; 900 + 200 = 1,100, over 1,000 by 100.
    const { reasons } = check({
      settings: hold("5000.00"),
      exposure: "100.00",
      amount: "200.00",
      group: group("1000.00", "900.00"),
    })
    expect(reasons).toMatchObject([
      {
        kind: "hard",
        basis: "group",
        figures: { group_id: "whcredgrp_1", exposure_after: "1100.00", over_by: "100.00" },
      },
    ])
  })

  it("tells the reasons of both", () => {
    const settings = hold("1000.00", LINES)
    // Account: 900 of 1,000 is soft. Group: 2,000 of 1,500 is hard.
    const { reasons } = check({ settings, exposure: "0.00", amount: "900.00", group: group("1500.00", "1100.00") })
    expect(reasons.map(({ kind, basis }) => [kind, basis])).toEqual([["soft", "account"], ["hard", "group"]])
  })

  it("refuses, naming the group, where its policy is to block", () => {
    const { refusal } = check({ amount: "100.01", group: group("100.00", "0.00", { policy: "block" }) })
    expect(refusal).toMatchObject({
      code: "credit_limit_exceeded",
      message:
        "The order over 100.01 USD would bring credit group Elm Group to 100.01 USD, " +
        "0.01 USD over its credit limit of 100.00 USD.",
      details: { account_id: "whacc_1", group_id: "whcredgrp_1", limit: "100.00", over_by: "0.01" },
    })
  })

  it("that is not set holds nothing", () => {
    expect(verdict({ amount: "100.00", group: group(null, "9000.00") })).toBe("passes")
  })
})

it("a person's hold holds every order, whatever it costs", () => {
  const manual = [{ hold_id: "whcredhold_1", reason: "Cheque bounced" }]
  expect(check({ manual }).reasons).toEqual([{ kind: "manual", basis: "account", figures: manual[0] }])
})

describe("lines between minor units", () => {
  it("let pass the last amount that is not beyond them", () => {
    // 95 % of 0.99 = 0.9405: 0.94 passes, 0.95 does not; 0.95 − 0.94 = 0.01.
    const settings = hold("0.99", { hard_threshold_percent: "95" })
    expect(verdict({ settings, amount: "0.94" })).toBe("passes")
    expect(check({ settings, amount: "0.95" }).reasons).toMatchObject([
      { figures: { threshold: "0.94", over_by: "0.01" } },
    ])
  })

  it("are exact for any limit, percentage and amount, in currencies of 0, 2 and 3 digits", () => {
    const digits = { jpy: 0, usd: 2, kwd: 3 } as const
    fc.assert(
      fc.property(
        fc.constantFrom("jpy", "usd", "kwd" as const),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 1_200_000 }),
        (currency_code, limitUnits, percentHundredths, amountUnits) => {
          const amountOf = (units: number) =>
            MathBN.convert(units).shiftedBy(-digits[currency_code as keyof typeof digits]).toFixed()
          const hard_threshold_percent = MathBN.convert(percentHundredths).shiftedBy(-2).toFixed()
          const held = check({
            currency_code,
            amount: amountOf(amountUnits),
            settings: hold(amountOf(limitUnits), { hard_threshold_percent }),
          }).reasons.length
          // amount > limit × percent / 100, in whole minor units and hundredths of a percent.
          expect(held).toBe(BigInt(amountUnits) * 10_000n > BigInt(limitUnits) * BigInt(percentHundredths) ? 1 : 0)
        }
      )
    )
  })
})

it("the preset changes the three lines and nothing else", () => {
  expect(CREDIT_PRESET).toEqual({ soft_threshold_percent: "80", hard_threshold_percent: "95", past_due_days: 45 })
})
