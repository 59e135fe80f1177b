import { exemptionOn, newTaxExemptionRow, type TaxExemptionDetails } from "../domain/tax-exemption"

const owner = { id: "whexm_1", store_id: "whstore_1", account_id: "whacc_1" }
const certificate: TaxExemptionDetails = {
  category: "E",
  certificate_number: " ST-120 / 4711 ",
  reason: "Resale certificate",
}

describe("newTaxExemptionRow", () => {
  it("fills in what was not given", () => {
    expect(newTaxExemptionRow(owner, certificate)).toEqual({
      ...owner,
      location_id: null,
      category: "E",
      certificate_number: "ST-120 / 4711",
      reason: "Resale certificate",
      valid_from: null,
      expires_on: null,
    })
  })

  it.each<[string, Partial<TaxExemptionDetails>, string]>([
    ["no number", { certificate_number: " " }, "certificate_number"],
    ["no reason", { reason: "" }, "reason"],
    ["a day that is none", { valid_from: "2026-02-30" }, "valid_from"],
    ["a day with an hour", { expires_on: "2026-02-03T00:00:00Z" }, "expires_on"],
    ["an end before its beginning", { valid_from: "2026-02-03", expires_on: "2026-02-02" }, "expires_on"],
  ])("refuses %s", (_, details, field) => {
    expect(() => newTaxExemptionRow(owner, { ...certificate, ...details })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_tax_exemption", details: { field } })
    )
  })
})

describe("exemptionOn", () => {
  const row = (id: string, location_id: string | null, valid_from: string | null, expires_on: string | null) => ({
    id,
    location_id,
    valid_from,
    expires_on,
  })
  const anywhere = row("anywhere", null, null, null)

  it.each([
    ["2026-01-31", undefined],
    ["2026-02-01", "february"],
    ["2026-02-28", "february"],
    ["2026-03-01", undefined],
  ])("holds from its first day to its last: %s", (day, id) => {
    const february = row("february", null, "2026-02-01", "2026-02-28")
    expect(exemptionOn([february], { location_id: null, day })?.id).toBe(id)
  })

  it("takes the location's before the account's, and another location's never", () => {
    const north = row("north", "whloc_north", null, null)
    const at = (location_id: string | null) => exemptionOn([anywhere, north], { location_id, day: "2026-02-01" })?.id
    expect(at("whloc_north")).toBe("north")
    expect(at("whloc_south")).toBe("anywhere")
    expect(at(null)).toBe("anywhere")
    expect(exemptionOn([north], { location_id: null, day: "2026-02-01" })).toBeUndefined()
  })

  it("takes the newest of several, and an older one that still holds", () => {
    const expired = row("newest", null, null, "2026-01-31")
    expect(exemptionOn([expired, anywhere], { location_id: null, day: "2026-01-31" })?.id).toBe("newest")
    expect(exemptionOn([expired, anywhere], { location_id: null, day: "2026-02-01" })?.id).toBe("anywhere")
  })
})
