import { NO_CREDIT_RULES } from "../../../lib/credit-rules/credit-settings"
import { writtenDefaults } from "../defaults"
import { NewStore, newStoreRow, storeChanges } from "../domain/store-settings"

const store: NewStore = { name: " Northwind ", mode: "distributor", currency_code: "GBP" }

describe("newStoreRow", () => {
  it("fills in what was not given", () => {
    expect(newStoreRow("whstore_1", store)).toEqual({
      id: "whstore_1",
      name: "Northwind",
      mode: "distributor",
      currency_code: "gbp",
      email: null,
      phone: null,
      tax_number: null,
      address: null,
      sales_channel_id: null,
      mirror_sales_channel_id: null,
      stock_location_ids: [],
      order_number_pattern: "B2B-{YYYY}-{SEQ:6}",
      purchase_order_number_pattern: "PO-{YYYY}-{SEQ:6}",
      invoice_number_pattern: "INV-{YYYY}-{SEQ:6}",
      credit_note_number_pattern: "CN-{YYYY}-{SEQ:6}",
      invoice_on: "completion",
      invoice_consolidation: "none",
      invoice_series: [],
      credit_manager_email: null,
      default_terms: { type: "net", days: 30, discount: null },
      default_credit: null,
      registration_number: null,
      bank_account: null,
      brand_color: null,
      logo_file_id: null,
      locale: "en",
      footer_note: null,
      incarnation: 1,
    })
  })

  it("keeps what was given, zero days among it", () => {
    const row = newStoreRow("whstore_1", {
      ...store,
      invoice_on: "shipment",
      default_terms: { type: "net", days: 0 },
      stock_location_ids: ["sloc_2", "sloc_1"],
      order_number_pattern: "SO{SEQ:4}",
    })
    expect(row).toMatchObject({
      invoice_on: "shipment",
      default_terms: { type: "net", days: 0, discount: null },
      stock_location_ids: ["sloc_2", "sloc_1"],
      order_number_pattern: "SO{SEQ:4}",
    })
  })

  it.each(["", "GB", "POUND", "G1P"])("refuses the currency %p", (currency_code) => {
    expect(() => newStoreRow("whstore_1", { ...store, currency_code })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_store", details: { field: "currency_code" } })
    )
  })
})

describe("storeChanges", () => {
  it.each([
    ["an empty name", { name: "  " }, "name"],
    ["a location twice", { stock_location_ids: ["a", "b", "a"] }, "stock_location_ids"],
  ])("refuses %s", (_, settings, field) => {
    expect(() => storeChanges(settings)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_store", details: { field } })
    )
  })

  it.each([
    "order_number_pattern",
    "purchase_order_number_pattern",
    "invoice_number_pattern",
    "credit_note_number_pattern",
  ])("refuses a %s without a running number", (column) => {
    expect(() => storeChanges({ [column]: "{YYYY}" })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_number_pattern" })
    )
  })

  it("has nothing against no change", () => {
    expect(storeChanges({})).toEqual({})
  })

})

describe("writtenDefaults", () => {
  it("fills in what is left out, takes credit rules away for null, and names nothing that is not given", () => {
    expect(writtenDefaults({ default_terms: { type: "due_on_receipt" }, default_credit: { credit_limit: "500" } }, "usd")).toEqual({
      default_terms: { type: "due_on_receipt", days: 0, discount: null },
      default_credit: { ...NO_CREDIT_RULES, credit_limit: "500.00" },
    })
    expect(writtenDefaults({ default_credit: null }, "usd")).toEqual({ default_credit: null })
    expect(writtenDefaults({}, "usd")).toEqual({})
  })

  it("refuses what are no terms and no rules", () => {
    expect(() => writtenDefaults({ default_terms: { type: "net", days: 366 } }, "usd")).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_terms", details: { field: "days" } })
    )
    expect(() => writtenDefaults({ default_credit: { credit_limit: "0.001" } }, "usd")).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_amount" })
    )
  })
})
