import { settingChanges } from "../../audit/setting-changes"
import { asWholesaleError } from "../../errors/wholesale-error"
import type { CreditSettings } from "../credit-settings"
import { changedSettings, CREDIT_PRESET, NO_CREDIT_RULES } from "../credit-settings"

const change = (changes: Partial<CreditSettings>, currency = "usd") =>
  changedSettings(NO_CREDIT_RULES, changes, currency)

function refusal(changes: Partial<CreditSettings>) {
  try {
    change(changes)
  } catch (error) {
    return asWholesaleError(error)
  }
  return undefined
}

describe("credit settings", () => {
  it("keep what is not changed, and write amounts and percentages in one way", () => {
    expect(
      change({ credit_limit: "5000", soft_threshold_percent: "80.50", past_due_tolerance: "1", policy: undefined })
    ).toEqual({
      ...NO_CREDIT_RULES,
      credit_limit: "5000.00",
      soft_threshold_percent: "80.5",
      past_due_tolerance: "1.00",
    })
  })

  it("take the preset over a limit", () => {
    expect(changedSettings(change({ credit_limit: "75000" }), CREDIT_PRESET, "usd")).toEqual({
      credit_limit: "75000.00",
      policy: "block",
      soft_threshold_percent: "80",
      hard_threshold_percent: "95",
      past_due_days: 45,
      past_due_tolerance: null,
    })
  })

  it.each<[string, Partial<CreditSettings>]>([
    ["soft_threshold_percent", { soft_threshold_percent: "0" }],
    ["soft_threshold_percent", { soft_threshold_percent: "95", hard_threshold_percent: "95" }],
    ["hard_threshold_percent", { hard_threshold_percent: "100.01" }],
    ["hard_threshold_percent", { hard_threshold_percent: "many" }],
    ["past_due_days", { past_due_days: -1 }],
    ["past_due_days", { past_due_days: 1.5 }],
  ])("refuse a %s that means nothing: %j", (field, changes) => {
    expect(refusal(changes)).toMatchObject({ status: 400, code: "invalid_credit_settings", details: { field } })
  })

  it("refuse amounts that the currency cannot carry", () => {
    expect(refusal({ past_due_tolerance: "0.001" })?.code).toBe("invalid_amount")
    expect(refusal({ credit_limit: "-1" })?.code).toBe("invalid_amount")
  })

  it("tell which members differ", () => {
    expect(settingChanges(NO_CREDIT_RULES, change({ credit_limit: "0", past_due_days: 45 }))).toEqual([
      { field: "credit_limit", from: null, to: "0.00" },
      { field: "past_due_days", from: null, to: "45" },
    ])
    expect(settingChanges(change(CREDIT_PRESET), change(CREDIT_PRESET))).toEqual([])
  })
})
