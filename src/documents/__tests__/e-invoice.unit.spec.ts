import fc from "fast-check"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { decimalString } from "../../lib/money/amount"
import { writeCii } from "../e-invoice/cii"
import { toSemanticInvoice } from "../e-invoice/to-semantic-invoice"
import { writeUbl } from "../e-invoice/ubl"
import type { CreditNoteDocument, InvoiceDocument } from "../model/invoice"
import type { DocumentTax } from "../model/tax"
import { arbitraryInvoice } from "./fixtures/arbitrary-invoice"
import { CORNER, creditNote, HARBOUR, invoice, line } from "./fixtures/documents"
import { readTerms, type ReadInvoice } from "./read-terms"
import { brokenRules } from "./rules"
import { ciiBySecondMaker, readBySchema, schemaErrors } from "./second-maker"
import { sequenceErrors } from "./ubl-credit-note"
import { facturXErrors } from "./xsd"

// Hundreds of pages or documents: more than five seconds where the machine is busy.
jest.setTimeout(60_000)

type Document = InvoiceDocument | CreditNoteDocument

const SYNTAXES = [
  ["UBL", (document: Document) => writeUbl(toSemanticInvoice(document))],
  ["CII", (document: Document) => writeCii(toSemanticInvoice(document))],
] as const

const taxed = (tax: DocumentTax, over: Partial<InvoiceDocument> = {}): InvoiceDocument =>
  invoice({
    lines: [line({ tax })],
    tax_summary: [{ ...tax, taxable: "120.00", tax: "0.00" }],
    totals: { lines: "120.00", charges: "0.00", discounts: "0.00", net: "120.00", tax: "0.00", gross: "120.00" },
    delivery: { name: null, address: CORNER.address, delivered_on: "2026-06-02" },
    ...over,
  })
const exempt = (category: DocumentTax["category"], reason: string): DocumentTax => ({
  category,
  rate: "0",
  exemption: { reason, reason_code: null, certificate_number: null },
})

/** Lines at two rates, freight at the lower, a promotion at the higher, paid in part. */
const RICH: InvoiceDocument = invoice({
  buyer_reference: "Desk 4 & 5",
  notes: ["Thank you.", "Mind the step <here>."],
  delivery: { name: "Corner Shop, back door", address: CORNER.address, delivered_on: "2026-06-02" },
  lines: [
    line({ description: "Caddy", order_number: "WO-2026-0042" }),
    // 3 × 0.3333 = 0.9999, which is 1.00.
    line({ line_number: 2, sku: null, quantity: "3", unit_price: "0.3333", subtotal: "1.00", tax: { category: "S", rate: "7", exemption: null } }),
    // An order line at another sum than its price says: 2 units for 9.99.
    line({ line_number: 3, quantity: "2", unit_price: "5.00", subtotal: "9.99" }),
  ],
  charges: [
    { kind: "shipping", title: "Freight", amount: "12.50", tax: { category: "S", rate: "7.00", exemption: null } },
    { kind: "discount", title: "Spring promotion", amount: "5.00", tax: { category: "S", rate: "19", exemption: null } },
  ],
  // 19 %: 120.00 + 9.99 − 5.00 = 124.99, tax 23.7481. 7 %: 1.00 + 12.50 = 13.50, tax 0.945, half up.
  tax_summary: [
    { category: "S", rate: "19", exemption: null, taxable: "124.99", tax: "23.75" },
    { category: "S", rate: "7", exemption: null, taxable: "13.50", tax: "0.95" },
  ],
  totals: { lines: "130.99", charges: "12.50", discounts: "5.00", net: "138.49", tax: "24.70", gross: "163.19" },
  prepaid: "63.19",
})

describe.each(SYNTAXES)("an invoice as %s", (_syntax, write) => {
  it("says every business term of the snapshot", () => {
    const { terms, lines, charges, breakdown, transfers } = readTerms(write(RICH))
    expect(terms).toEqual({
      "BT-1": ["INV-2026-000123"],
      "BT-2": ["2026-06-04"],
      "BT-3": ["380"],
      "BT-5": ["EUR"],
      "BT-9": ["2026-06-19"],
      "BT-10": ["Desk 4 & 5"],
      "BT-13": ["PO-77"],
      "BT-14": ["WO-2026-0042"],
      "BT-20": ["Payable by Jun 19, 2026.\n2% discount if paid by Jun 14, 2026: pay €160.33."],
      "BT-22": ["Thank you.\nMind the step <here>."],
      "BT-24": ["urn:cen.eu:en16931:2017"],
      "BT-27": ["Harbour Trading GmbH & Co. KG"],
      "BT-28": ["Harbour"],
      "BT-30": ["HRB 4711"],
      "BT-31": ["DE123456789"],
      "BT-34": ["billing@harbour.example"],
      "BT-34-1": ["EM"],
      "BT-35": ["Speicherstraße 12"],
      "BT-37": ["Hamburg"],
      "BT-38": ["20457"],
      "BT-40": ["DE"],
      "BT-41": ["Ada Kruse"],
      "BT-42": ["+49 40 1234567"],
      "BT-43": ["billing@harbour.example"],
      "BT-44": ["Corner Shop SARL"],
      "BT-48": ["FR40303265045"],
      "BT-49": ["achats@corner.example"],
      "BT-49-1": ["EM"],
      "BT-50": ["3 rue du Marché"],
      "BT-51": ["Bâtiment B"],
      "BT-52": ["Lyon"],
      "BT-53": ["69001"],
      "BT-55": ["FR"],
      "BT-70": ["Corner Shop, back door"],
      "BT-72": ["2026-06-02"],
      "BT-75": ["3 rue du Marché"],
      "BT-76": ["Bâtiment B"],
      "BT-77": ["Lyon"],
      "BT-78": ["69001"],
      "BT-80": ["FR"],
      "BT-106": ["130.99"],
      "BT-107": ["5.00"],
      "BT-108": ["12.50"],
      "BT-109": ["138.49"],
      "BT-110": ["24.70"],
      "BT-112": ["163.19"],
      "BT-113": ["63.19"],
      "BT-115": ["100.00"],
    })
    expect(lines[0]).toEqual({
      "BT-126": ["1"], "BT-127": ["WO-2026-0042"], "BT-129": ["12"], "BT-130": ["C62"], "BT-131": ["120.00"], "BT-146": ["10"],
      "BT-149": ["1"], "BT-151": ["S"], "BT-152": ["19"], "BT-153": ["Earl Grey, loose, 250 g"], "BT-154": ["Caddy"],
      "BT-155": ["TEA-EG-250"],
    })
    expect(lines[1]).toMatchObject({ "BT-129": ["3"], "BT-146": ["0.3333"], "BT-149": ["1"], "BT-131": ["1.00"] })
    expect(lines[2]).toMatchObject({ "BT-129": ["2"], "BT-146": ["9.99"], "BT-149": ["2"], "BT-131": ["9.99"] })
    expect(charges).toEqual([
      { adds: ["true"], amount: ["12.50"], category: ["S"], rate: ["7"], reason: ["Freight"], code: ["FC"] },
      { adds: ["false"], amount: ["5.00"], category: ["S"], rate: ["19"], reason: ["Spring promotion"], code: ["95"] },
    ])
    expect(breakdown).toEqual([
      { "BT-116": ["124.99"], "BT-117": ["23.75"], "BT-118": ["S"], "BT-119": ["19"] },
      { "BT-116": ["13.50"], "BT-117": ["0.95"], "BT-118": ["S"], "BT-119": ["7"] },
    ])
    expect(transfers).toEqual([
      { "BT-81": ["58"], "BT-83": ["INV-2026-000123"], "BT-84": ["DE02120300000000202051"], "BT-85": ["Harbour Trading"], "BT-86": ["BYLADEM1001"] },
    ])
  })

  it("says of a credit note which invoice it belongs to and why", () => {
    const note = creditNote({ lines: [line({ quantity: null, unit_price: "20.00", subtotal: "20.00" })] })
    const read = readTerms(write(note))
    expect(read.terms).toMatchObject({
      "BT-1": ["CN-2026-000007"], "BT-3": ["381"], "BT-22": ["Two tins arrived dented."], "BT-25": ["INV-2026-000123"],
      "BT-26": ["2026-06-04"], "BT-112": ["23.80"], "BT-115": ["23.80"],
    })
    // An amount and no goods: one unit of it.
    expect(read.lines[0]).toMatchObject({ "BT-129": ["1"], "BT-146": ["20"], "BT-149": ["1"] })
    expect(brokenRules(read)).toEqual([])
  })

  it.each<[string, InvoiceDocument]>([
    ["zero rate", taxed({ category: "Z", rate: "0", exemption: null })],
    ["exempt, by certificate", taxed({ category: "E", rate: "0", exemption: { reason: "Resale", reason_code: null, certificate_number: "C-1" } })],
    ["reverse charge", taxed(exempt("AE", "Reverse charge"))],
    ["within the EU", taxed(exempt("K", "Intra-community supply"))],
    ["export", taxed(exempt("G", "Export"))],
    ["outside the scope", taxed(exempt("O", "Not subject to tax"))],
    ["a buyer and seller without VAT numbers", invoice({ seller: { ...HARBOUR, tax_number: "12-3456789" }, buyer: { ...CORNER, tax_number: "98-7654321" } })],
    ["several orders", invoice({ order_numbers: ["WO-1", "WO-2"], purchase_order_number: null })],
    ["a sales order alone", invoice({ purchase_order_number: null })],
    ["an account that is no IBAN", invoice({ bank_accounts: [{ account_number: "000123456", holder: null, bank_name: null, bic: null }] })],
    ["nothing but what must be there", invoice({ bank_accounts: [], order_numbers: [], purchase_order_number: null })],
    ["whole yen", taxed({ category: "Z", rate: "0", exemption: null }, {
      currency_code: "JPY",
      lines: [line({ unit_price: "1000", subtotal: "12000", tax: { category: "Z", rate: "0", exemption: null } })],
      tax_summary: [{ category: "Z", rate: "0", exemption: null, taxable: "12000", tax: "0" }],
      totals: { lines: "12000", charges: "0", discounts: "0", net: "12000", tax: "0", gross: "12000" },
      terms: { due_on: "2026-06-30", discount: null, text: null },
      prepaid: "0",
    })],
  ])("holds the rules of the norm: %s", (_name, document) => {
    expect(brokenRules(readTerms(write(document)))).toEqual([])
  })
})

it("keeps VAT numbers out of what is outside the scope of tax, and says them where it may", () => {
  const { terms, breakdown } = readTerms(writeUbl(toSemanticInvoice(taxed(exempt("O", "Not subject to tax")))))
  expect(terms).toMatchObject({ "BT-32": ["DE123456789"], "BT-46": ["FR40303265045"] })
  expect(breakdown).toEqual([{ "BT-116": ["120.00"], "BT-117": ["0.00"], "BT-118": ["O"], "BT-120": ["Not subject to tax"] }])
})

it("merges exemptions of one category into one row with all of their reasons", () => {
  const by = (certificate_number: string): DocumentTax => ({
    category: "E",
    rate: "0",
    exemption: { reason: "Resale", reason_code: null, certificate_number },
  })
  const document = invoice({
    lines: [line({ tax: by("A-1") }), line({ line_number: 2, tax: by("B-2") })],
    tax_summary: [{ ...by("A-1"), taxable: "120.00", tax: "0.00" }, { ...by("B-2"), taxable: "120.00", tax: "0.00" }],
    totals: { lines: "240.00", charges: "0.00", discounts: "0.00", net: "240.00", tax: "0.00", gross: "240.00" },
  })
  const { breakdown } = readTerms(writeUbl(toSemanticInvoice(document)))
  expect(breakdown).toEqual([
    { "BT-116": ["240.00"], "BT-117": ["0.00"], "BT-118": ["E"], "BT-119": ["0"], "BT-120": ["Resale (A-1); Resale (B-2)"] },
  ])
})

describe("any invoice whose sums are right", () => {
  const oneLine = (text: string) => text.replace(/\r\n|[\r\u0085\u2028\u2029]/g, "\n").trim()
  const both = (document: InvoiceDocument): ReadInvoice[] => SYNTAXES.map(([, write]) => readTerms(write(document)))

  it("holds the rules in both syntaxes, which say the same, and what the snapshot says", () => {
    fc.assert(
      fc.property(arbitraryInvoice(), (document) => {
        const [ubl, cii] = both(document)
        expect(brokenRules(ubl)).toEqual([])
        expect(cii).toEqual(ubl)
        expect(ubl.terms["BT-44"]).toEqual([oneLine(document.buyer.name)])
        expect(ubl.terms["BT-112"]).toEqual([document.totals.gross])
        expect(ubl.terms["BT-113"]).toEqual([document.prepaid])
        expect(ubl.lines.map((it) => [it["BT-153"], it["BT-131"]])).toEqual(
          document.lines.map(({ title, subtotal }) => [[oneLine(title)], [subtotal]])
        )
        for (const [index, { quantity, unit_price }] of document.lines.entries()) {
          if (quantity !== null) {
            expect(ubl.lines[index]).toMatchObject({ "BT-129": [decimalString(quantity)], "BT-146": [decimalString(unit_price)] })
          }
        }
      }),
      { numRuns: 60 }
    )
  })

  it("fits the schemas: of Factur-X, and of the second maker, who writes the same CII of our UBL", async () => {
    // The second maker takes no more than two decimals in a unit price, where the norm has no limit.
    const documents = fc.sample(arbitraryInvoice(2), { numRuns: 6, seed: 16931 })
    for (const document of documents) {
      const semantic = toSemanticInvoice(document)
      await expect(facturXErrors(writeCii(semantic))).resolves.toEqual([])
      const read = readBySchema(writeUbl(semantic))
      expect(schemaErrors(read)).toEqual([])
      expect(readTerms(await ciiBySecondMaker(read))).toEqual(readTerms(writeCii(semantic)))
    }
  })

  it("does not fit them where something is wrong", async () => {
    const semantic = toSemanticInvoice(invoice())
    await expect(facturXErrors(writeCii(semantic).replaceAll("ram:DuePayableAmount", "ram:Due"))).resolves.toEqual([
      expect.stringContaining("This element is not expected"),
    ])
    const ubl = writeUbl(semantic)
    expect(() => readBySchema(ubl.replaceAll("cbc:PayableAmount", "cbc:Payable"))).toThrow("does not take cbc:Payable")
    expect(schemaErrors(readBySchema(ubl.replace(">EUR<", ">EURO<")))).not.toEqual([])
  })

  it("fits them as a credit note, whose elements are in the order of its own schema", async () => {
    const documents = fc.sample(arbitraryInvoice(2), { numRuns: 3, seed: 16931 }).map((of) => {
      const { currency_code, buyer, notes, delivery, lines, charges, tax_summary, totals } = of
      return creditNote({ currency_code, buyer, notes, delivery, lines, charges, tax_summary, totals })
    })
    for (const document of [creditNote(), ...documents]) {
      const semantic = toSemanticInvoice(document)
      await expect(facturXErrors(writeCii(semantic))).resolves.toEqual([])
      const ubl = writeUbl(semantic)
      expect(sequenceErrors(ubl)).toEqual([])
      const read = readBySchema(ubl)
      expect(schemaErrors(read)).toEqual([])
      // The second maker looks for the number of the invoice one element too high, and loses it.
      const { terms: { "BT-25": number, "BT-26": day, ...terms }, ...said } = readTerms(writeCii(semantic))
      expect([number, day]).toEqual([["INV-2026-000123"], ["2026-06-04"]])
      expect(readTerms(await ciiBySecondMaker(read))).toEqual({ ...said, terms })
    }
  })

  it.each<[string, string | RegExp, string, string]>([
    ["a line as an invoice has it", /(<\/?)cac:CreditNoteLine>/g, "$1cac:InvoiceLine>", "CreditNote does not take"],
    ["a due date, which an invoice has", "<cbc:CreditNoteTypeCode>", "<cbc:DueDate>2026-06-19</cbc:DueDate><cbc:CreditNoteTypeCode>", "cbc:DueDate"],
    ["no day", /<cbc:IssueDate>.*?<\/cbc:IssueDate>(?=<cbc:CreditNoteTypeCode>)/, "", "CreditNote does not take"],
    ["the invoiced quantity on a line", /(<\/?)cbc:CreditedQuantity/g, "$1cbc:InvoicedQuantity", "cac:CreditNoteLine does not take"],
    ["the namespace of an invoice", "xsd:CreditNote-2", "xsd:Invoice-2", "The document is of"],
  ])("is no credit note with %s", (_name, found, instead, error) => {
    const ubl = writeUbl(toSemanticInvoice(creditNote())).replace(/>\s+</g, "><")
    const wrong = ubl.replace(found, instead)
    expect(wrong).not.toBe(ubl)
    expect(sequenceErrors(wrong)).toEqual([expect.stringContaining(error)])
  })
})

describe("what EN 16931 cannot carry", () => {
  const refusal = (document: Document): unknown => {
    try {
      return toSemanticInvoice(document)
    } catch (error) {
      return error
    }
  }
  const problems = (document: Document) => {
    const error = refusal(document)
    expect(error).toMatchObject({ status: 422, code: "no_e_invoice" })
    return error instanceof WholesaleError ? error.details.problems : []
  }
  const missing = (field: string, rule: string) => ({ field, rule, reason: expect.stringContaining("is missing") })

  it.each([["KWD", 3], ["tnd", 3], ["CLF", 4]])("is refused with its reason: %s has %i decimals", (currency_code, digits) => {
    expect(refusal(invoice({ currency_code }))).toMatchObject({
      status: 422,
      code: "currency_not_carriable",
      details: { document: "INV-2026-000123", currency_code: currency_code.toUpperCase(), digits, max_digits: 2 },
    })
  })

  it("is a pro forma", () => {
    expect(refusal(invoice({ kind: "pro_forma" }))).toMatchObject({ status: 422, code: "not_an_invoice" })
  })

  it("is named all at once, field by field", () => {
    const nobody = { ...HARBOUR, name: " ", tax_number: null, registration_number: null, address: { ...HARBOUR.address, country_code: null } }
    expect(
      problems(invoice({
        seller: nobody,
        buyer: { ...CORNER, name: "", address: { ...CORNER.address, country_code: "zz" } },
        lines: [line({ title: "" })],
        terms: { due_on: null, discount: null, text: null },
      }))
    ).toEqual([
      missing("seller.name", "BR-06, BT-27"),
      missing("seller.address.country_code", "BR-09, BT-40"),
      missing("buyer.name", "BR-07, BT-44"),
      { field: "buyer.address.country_code", rule: "BR-CL-14", reason: 'is "ZZ", which is no country of ISO 3166-1' },
      missing("lines.1.title", "BR-25, BT-153"),
      missing("terms.due_on", "BR-CO-25, BT-9 or BT-20"),
      missing("seller.tax_number", "BR-S-02, BT-31 or BT-32"),
      missing("seller.registration_number", "BR-CO-26, BT-30"),
    ])
  })

  it("is a category without the numbers, the reason or the delivery that it needs", () => {
    const within = exempt("K", " ")
    const document = taxed(within, {
      seller: { ...HARBOUR, tax_number: "12/345/67890" },
      buyer: { ...CORNER, tax_number: null },
      delivery: null,
    })
    expect(problems(document)).toEqual([
      missing("tax_summary.K.exemption", "BR-IC-10"),
      missing("delivery.delivered_on", "BR-IC-11, BT-72"),
      missing("delivery.address.country_code", "BR-IC-12, BT-80"),
      missing("seller.tax_number", "BR-IC-02, BT-31"),
      missing("buyer.tax_number", "BR-IC-02, BT-48"),
    ])
    expect(problems(taxed(exempt("AE", "Reverse charge"), { buyer: { ...CORNER, tax_number: null } }))).toEqual([
      missing("buyer.tax_number", "BR-AE-02, BT-48 or BT-47"),
    ])
  })

  it.each<[string, string, Partial<InvoiceDocument>]>([
    ["the sum of the lines", "BR-CO-10", { totals: { ...invoice().totals, lines: "120.01" } }],
    ["the discounts", "BR-CO-11", { totals: { ...invoice().totals, discounts: "1.00" } }],
    ["the charges", "BR-CO-12", { totals: { ...invoice().totals, charges: "1.00" } }],
    ["the net amount", "BR-CO-13", { totals: { ...invoice().totals, net: "119.99" } }],
    ["the tax", "BR-CO-14", { totals: { ...invoice().totals, tax: "22.81" } }],
    ["the gross amount", "BR-CO-15", { totals: { ...invoice().totals, gross: "142.81" } }],
    ["the tax of a rate", "BR-CO-17", { tax_summary: [{ ...invoice().tax_summary[0], tax: "21.80" }] }],
    ["what a rate is taken of", "BR-S-08", { tax_summary: [{ ...invoice().tax_summary[0], taxable: "119.00" }] }],
    ["an amount finer than its currency", "BR-DEC", { totals: { ...invoice().totals, gross: "142.801" } }],
    ["a rate without a row", "BR-Z-01", { lines: [line(), line({ line_number: 2, tax: { category: "Z", rate: "0", exemption: null } })] }],
    ["a rate that the category does not have", "BR-S-05", { tax_summary: [{ ...invoice().tax_summary[0], rate: "0" }] }],
    ["a price below nothing", "BR-27, BT-146", { lines: [line({ unit_price: "-10.00", subtotal: "-120.00" })] }],
  ])("is a contradiction, never mended in silence: %s", (_name, rule, over) => {
    expect(problems(invoice(over))).toEqual(expect.arrayContaining([expect.objectContaining({ rule })]))
  })

  it("is not a tax that is off by cents, as a note for the rest of an invoice may have it", () => {
    const document = creditNote({
      tax_summary: [{ category: "S", rate: "19", exemption: null, taxable: "20.00", tax: "3.81" }],
      totals: { lines: "20.00", charges: "0.00", discounts: "0.00", net: "20.00", tax: "3.81", gross: "23.81" },
    })
    expect(brokenRules(readTerms(writeUbl(toSemanticInvoice(document))))).toEqual([])
  })
})
