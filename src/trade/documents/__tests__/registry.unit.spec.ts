import { contentHash } from "../../../lib/hash/content-hash"
import {
  composeDocument,
  DOCUMENT_VERSIONS,
  DocumentOf,
  DocumentType,
  isDocumentType,
  parseDocument,
  TradeDocument,
} from "../registry"

const outside = {
  id: "doc_1",
  revision: 3,
  incarnation: 1,
  issued_at: "2026-11-21T10:00:00.000Z",
} as const
const at = "2026-11-20T09:30:00+01:00"
const profile: DocumentOf<"profile">["body"] = {
  version: 1,
  name: "Big Warehouse",
  mode: "distributor",
  currency_code: "usd",
  email: "sales@warehouse.test",
  phone: null,
  tax_number: null,
  address: { address_1: "1 Dock Road", city: "Austin", country_code: "us" },
}
// 3 × 9.99 = 29.97; 7.25 % of it is 2.172825, rounded 2.17; together 32.14.
const totals = { subtotal: "29.97", charge_total: "0", tax_total: "2.17", total: "32.14" }
const shipping = { line_id: "whinvl_2", kind: "shipping", name: "Freight", amount: "12.00", tax_rate: "0" }
const tax_summary = [{ code: "TX", name: "Sales tax", rate: "7.25", base: "29.97", tax: "2.17" }]

const documents: { [Type in DocumentType]: DocumentOf<Type> } = {
  profile: { ...outside, type: "profile", body: profile },
  connection: {
    ...outside,
    type: "connection",
    body: {
      version: 1,
      pairing_id: "whpair_1",
      role: "distributor",
      event: "approve",
      status: "active",
      reason: null,
      requested_at: at,
      profile,
    },
  },
  catalog: {
    ...outside,
    type: "catalog",
    body: {
      version: 1,
      currency_code: "usd",
      items: [
        {
          sku: "MUG-1",
          title: "Mug",
          thumbnail: null,
          price: "9.99",
          minimum_quantity: 1,
          order_multiple: 1,
          available: true,
        },
      ],
    },
  },
  purchase_order: {
    ...outside,
    type: "purchase_order",
    body: {
      version: 1,
      number: "PO-2026-000001",
      currency_code: "usd",
      fulfilment_method: "shipping",
      lines: [{ line_id: "whpol_1", sku: "MUG-1", title: "Mug", quantity: 3, unit_price: "9.99" }],
      ship_to: { address_1: "5 Main Street", city: "Austin", province: "tx", country_code: "us" },
      note: null,
      pickup: null,
      placed_at: at,
      cancel_requested: null,
    },
  },
  order_response: {
    ...outside,
    type: "order_response",
    body: {
      version: 1,
      purchase_order_id: "whpo_1",
      purchase_order_number: "PO-2026-000001",
      answer: "accepted",
      answered_at: at,
      order_id: "whord_1",
      order_number: "B2B-2026-000001",
      currency_code: "usd",
      totals,
      tax_summary,
      price_changes: [],
      refusal: null,
    },
  },
  order: {
    ...outside,
    type: "order",
    body: {
      version: 1,
      purchase_order_id: "whpo_1",
      parent_id: null,
      children: ["whord_2"],
      number: "B2B-2026-000001",
      status: "shipped",
      on_hold: null,
      fulfilment_method: "shipping",
      currency_code: "usd",
      totals,
      charges: [],
      tax_summary,
      lines: [{ line_id: "whpol_1", sku: "MUG-1", quantity: 3, unit_price: "9.99" }],
      pickup: null,
      shipments: [
        {
          sequence: 1,
          carrier: "UPS",
          tracking_numbers: ["1Z999"],
          shipped_at: at,
          delivered_at: null,
          lines: [{ line_id: "whpol_1", sku: "MUG-1", quantity: 3 }],
        },
      ],
      rejection_reason: null,
      cancel_reason: null,
      goods_returned: null,
    },
  },
  receipt: {
    ...outside,
    type: "receipt",
    body: {
      version: 1,
      purchase_order_id: "whpo_1",
      order_id: "whord_1",
      sequence: 1,
      received_at: at,
      note: null,
      lines: [{ line_id: "whpol_1", sku: "MUG-1", received: 2, short: 0, damaged: 1 }],
    },
  },
  invoice: {
    ...outside,
    type: "invoice",
    body: {
      version: 1,
      number: "INV-2026-000001",
      status: "issued",
      orders: [
        {
          order_id: "whord_1",
          order_number: "B2B-2026-000001",
          purchase_order_id: "whpo_1",
          purchase_order_number: "PO-2026-000001",
        },
      ],
      currency_code: "usd",
      lines: [
        {
          line_id: "whinvl_1",
          purchase_order_line_id: "whpol_1",
          sku: "MUG-1",
          title: "Mug",
          quantity: 3,
          unit_price: "9.99",
          subtotal: "29.97",
          tax_rate: "7.25",
        },
      ],
      charges: [],
      tax_summary,
      totals,
      paid_total: "0.00",
      credited_total: "0.00",
      seller: { name: "Big Warehouse" },
      buyer: { name: "Corner Shop", tax_number: "US-1" },
      terms: { type: "net", days: 30, discount: null },
      issued_at: at,
      due_at: "2026-12-20T09:30:00Z",
      paid_at: null,
    },
  },
  credit_note: {
    ...outside,
    type: "credit_note",
    body: {
      version: 1,
      number: "CN-2026-000001",
      invoice_id: "whinv_1",
      invoice_number: "INV-2026-000001",
      currency_code: "usd",
      lines: [{ invoice_line_id: "whinvl_1", sku: "MUG-1", title: "Mug", quantity: 1, subtotal: "9.99" }],
      charges: [],
      tax_summary: [{ code: "TX", name: "Sales tax", rate: "7.25", base: "9.99", tax: "0.72" }],
      // 9.99 + 0.72 = 10.71
      totals: { subtotal: "9.99", charge_total: "0", tax_total: "0.72", total: "10.71" },
      reason: "one mug was broken",
      issued_at: at,
    },
  },
  payment: {
    ...outside,
    type: "payment",
    body: {
      version: 1,
      amount: "32.14",
      currency_code: "usd",
      method: "bank transfer",
      reference: null,
      received_at: at,
      allocations: [{ invoice_id: "whinv_1", invoice_number: "INV-2026-000001", amount: "32.14" }],
    },
  },
}
const all = Object.values<TradeDocument>(documents)

/** The same document with members of its body replaced; what comes out may be no document any more. */
function changed<Type extends DocumentType>(type: Type, members: Record<string, unknown>): unknown {
  return { ...documents[type], body: { ...documents[type].body, ...members } }
}

describe("document types", () => {
  it("are the ten of the trade protocol", () => {
    expect(Object.keys(DOCUMENT_VERSIONS).sort()).toEqual(Object.keys(documents).sort())
    expect(isDocumentType("order")).toBe(true)
    expect(isDocumentType("toString")).toBe(false)
  })

  it.each(all.map((document) => [document.type, document] as const))(
    "%s is read as it was sent, and hashes the same on both sides",
    (_, document) => {
      const sent = composeDocument(document)
      const received = JSON.parse(JSON.stringify(sent)) as { body: unknown }
      const parsed = parseDocument(received)
      expect(parsed).toEqual({ state: "known", document })
      expect(contentHash(received.body)).toBe(contentHash(sent.body))
    }
  )

  it.each(all.map((document) => [document.type, document] as const))(
    "%s of a newer version is kept for later, even with another body",
    (type, document) => {
      expect(parseDocument({ ...document, body: { version: 2, other: true } })).toMatchObject({
        state: "unsupported",
        cause: "newer_version",
        envelope: { type, id: "doc_1", body: { version: 2, other: true } },
        reason: `Version 2 of ${type} is newer than version 1, which is known here.`,
      })
    }
  )

  it.each(all.map((document) => [document.type, document] as const))(
    "%s without a version is malformed",
    (_, { body: { version: _version, ...body }, ...document }) => {
      expect(parseDocument({ ...document, body })).toMatchObject({
        state: "malformed",
        issues: [{ path: "body.version" }],
      })
    }
  )

  it.each(all.map((document) => [document.type, document] as const))(
    "%s may have members that a later version adds, which are left out here",
    (_, document) => {
      const parsed = parseDocument({ ...document, body: { ...document.body, added_later: 1 } })
      expect(parsed).toEqual({ state: "known", document })
    }
  )
})

describe("parseDocument", () => {
  it("keeps a type it does not know, with its body", () => {
    expect(parseDocument({ ...outside, type: "forecast", body: { weeks: 4 } })).toMatchObject({
      state: "unsupported",
      cause: "unknown_type",
      envelope: { type: "forecast", body: { weeks: 4 } },
      reason: "Documents of type forecast are not known here.",
    })
  })

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "order"],
    ["a list", []],
    ["no body", { ...outside, type: "order" }],
    ["a body that is a list", { ...outside, type: "order", body: [] }],
    ["no revision", { ...documents.order, revision: undefined }],
    ["revision zero", { ...documents.order, revision: 0 }],
    ["half a revision", { ...documents.order, revision: 1.5 }],
    ["a revision beyond the column", { ...documents.order, revision: 2 ** 31 }],
    ["incarnation zero", { ...documents.order, incarnation: 0 }],
    ["a day for a moment", { ...documents.order, issued_at: "2026-11-21" }],
    ["an empty id", { ...documents.order, id: "" }],
  ])("calls %s malformed, without an envelope", (_, received) => {
    const parsed = parseDocument(received)
    expect(parsed).toMatchObject({ state: "malformed", envelope: undefined })
  })

  it("never throws, whatever member is replaced by whatever", () => {
    const oddities = [undefined, null, "", "abc", -1, 1.5, NaN, [], {}, [null], [{}], true]
    for (const document of all) {
      for (const member of Object.keys(document.body)) {
        for (const oddity of oddities) {
          const parsed = parseDocument({ ...document, body: { ...document.body, [member]: oddity } })
          expect(["known", "malformed"]).toContain(parsed.state)
        }
      }
    }
  })

  it("names the member that is wrong", () => {
    const line = { ...documents.purchase_order.body.lines[0], quantity: 0 }
    const parsed = parseDocument(changed("purchase_order", { lines: [line] }))
    expect(parsed).toMatchObject({
      state: "malformed",
      envelope: { type: "purchase_order" },
      issues: [{ path: "body.lines.0.quantity" }],
      reason: expect.stringMatching(/^body\.lines\.0\.quantity: .+\.$/),
    })
  })

  it.each<[DocumentType, string, Record<string, unknown>]>([
    ["catalog", "an item twice", { items: [documents.catalog.body.items[0], documents.catalog.body.items[0]] }],
    ["catalog", "an amount as number", { items: [{ ...documents.catalog.body.items[0], price: 9.99 }] }],
    ["catalog", "an amount with exponent", { items: [{ ...documents.catalog.body.items[0], price: "1e-14" }] }],
    ["catalog", "a negative price", { items: [{ ...documents.catalog.body.items[0], price: "-1" }] }],
    ["catalog", "an upper case currency", { currency_code: "USD" }],
    ["purchase_order", "no lines", { lines: [] }],
    [
      "purchase_order",
      "a line twice",
      { lines: [documents.purchase_order.body.lines[0], documents.purchase_order.body.lines[0]] },
    ],
    ["purchase_order", "a ship-to without a country", { ship_to: { city: "Austin" } }],
    ["purchase_order", "a method that there is not", { fulfilment_method: "drone" }],
    ["order_response", "a refusal beside an acceptance", { refusal: { code: "x", message: "x", details: {} } }],
    ["order_response", "a refused answer without a refusal", { answer: "refused" }],
    ["order_response", "an acceptance without an order", { order_id: null }],
    ["order_response", "an acceptance without totals", { totals: null }],
    ["order_response", "a refused cancellation without a reason", { answer: "cancel_refused" }],
    ["order", "totals that do not add up", { totals: { ...totals, total: "32.15" } }],
    ["order", "a shipment twice", { shipments: [...documents.order.body.shipments, ...documents.order.body.shipments] }],
    ["order", "a state it does not show partners", { status: "draft" }],
    ["order", "a child twice", { children: ["whord_2", "whord_2"] }],
    ["order", "a hold for no reason that there is", { on_hold: { since: at, kinds: ["moon"] } }],
    ["receipt", "half a mug", { lines: [{ ...documents.receipt.body.lines[0], received: 0.5 }] }],
    ["receipt", "a quantity below zero", { lines: [{ ...documents.receipt.body.lines[0], short: -1 }] }],
    ["invoice", "lines that do not add up", { totals: { subtotal: "30.00", tax_total: "2.17", total: "32.17" } }],
    ["invoice", "tax that does not add up", { tax_summary: [{ ...tax_summary[0], tax: "2.18" }] }],
    ["invoice", "no order", { orders: [] }],
    ["invoice", "charges that do not add up", { charges: [{ ...shipping, amount: "7.00" }] }],
    ["credit_note", "charges that do not add up", { charges: [{ ...shipping, invoice_line_id: "whinvl_2" }] }],
    ["credit_note", "lines that do not add up", { totals: { subtotal: "9.98", tax_total: "0.72", total: "10.70" } }],
    ["payment", "more allocated than paid", { amount: "32.13" }],
    ["payment", "an amount that is none", { amount: "much" }],
  ])("calls %s with %s malformed", (type, _, members) => {
    expect(parseDocument(changed(type, members))).toMatchObject({ state: "malformed", envelope: { type } })
  })

  it.each<[DocumentType, string, Record<string, unknown>]>([
    ["catalog", "nothing to order any more", { items: [] }],
    ["purchase_order", "a wish where to pick up", { pickup: { place: "Dock 4", at: null }, ship_to: null }],
    ["purchase_order", "a request to cancel it", { cancel_requested: { reason: "found cheaper", at } }],
    [
      "order_response",
      "a refusal with its figures",
      {
        answer: "refused",
        order_id: null,
        order_number: null,
        totals: null,
        tax_summary: [],
        refusal: { code: "credit_limit_exceeded", message: "Over the limit.", details: { over_by: "400.00" } },
      },
    ],
    ["order_response", "the cancellation granted", { answer: "cancel_accepted" }],
    [
      "order_response",
      "the cancellation refused",
      { answer: "cancel_refused", refusal: { code: "goods_left", message: "They are on the road.", details: {} } },
    ],
    ["order", "goods that came back", { status: "cancelled", cancel_reason: "customer", goods_returned: true }],
    ["order", "a parent and a hold", { parent_id: "whord_2", on_hold: { since: at, kinds: ["soft", "manual"] } }],
    ["order", "an appointment", { fulfilment_method: "pickup", pickup: { place: "Dock 4", at }, shipments: [] }],
    [
      "credit_note",
      "an amount and no goods",
      { lines: [], tax_summary: [], totals: { subtotal: "5.00", tax_total: "0.00", total: "5.00" } },
    ],
    [
      "invoice",
      "shipping beside the goods",
      // 29.97 + 12.00 + 2.17 = 44.14
      { charges: [shipping], totals: { ...totals, charge_total: "12.00", total: "44.14" } },
    ],
    [
      "credit_note",
      "shipping and no goods",
      {
        lines: [],
        charges: [{ kind: "shipping", name: "Freight", amount: "12.00", invoice_line_id: "whinvl_2" }],
        tax_summary: [],
        totals: { subtotal: "0", charge_total: "12.00", tax_total: "0", total: "12.00" },
      },
    ],
    ["payment", "a part not allocated yet", { amount: "50.00" }],
    ["payment", "nothing allocated", { allocations: [] }],
  ])("reads %s with %s", (type, _, members) => {
    expect(parseDocument(changed(type, members))).toMatchObject({ state: "known", document: { type } })
  })

  it("reads an order from before orders could be split as one that is whole and not held", () => {
    expect(parseDocument(changed("order", { parent_id: undefined, children: undefined, on_hold: undefined }))).toMatchObject(
      { state: "known", document: { body: { parent_id: null, children: [], on_hold: null } } }
    )
  })

  it("reads documents from before there were charges as ones without", () => {
    const before = { charges: undefined, totals: { ...totals, charge_total: undefined } }
    for (const type of ["order", "invoice"] as const) {
      expect(parseDocument(changed(type, before))).toMatchObject({
        state: "known",
        document: { body: { charges: [], totals: { charge_total: "0" } } },
      })
    }
  })

  it.each([
    ["jpy", "1200", "0", "1200"],
    ["bhd", "0.001", "0.002", "0.003"],
    ["usd", "0.1", "0.2", "0.3"],
  ])("adds amounts exactly in %s: %s + %s = %s", (currency_code, subtotal, tax_total, total) => {
    const members = { currency_code, totals: { subtotal, tax_total, total } }
    expect(parseDocument(changed("order", members)).state).toBe("known")
  })
})

describe("composeDocument", () => {
  it("refuses to send what the partner could not read, and says what is wrong", () => {
    const wrong: DocumentOf<"order"> = {
      ...documents.order,
      body: { ...documents.order.body, totals: { ...totals, total: "99.00" } },
    }
    expect(() => composeDocument(wrong)).toThrow(
      expect.objectContaining({
        status: 500,
        code: "document_malformed",
        details: {
          type: "order",
          id: "doc_1",
          issues: [{ path: "body.totals.total", message: "subtotal, charge_total and tax_total do not add up to total" }],
        },
      })
    )
  })

  it("leaves out what the schema does not name", () => {
    const document = { ...documents.profile, body: { ...profile, internal_note: "slow payer" } }
    expect(composeDocument(document)).toEqual(documents.profile)
  })
})
