import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import type { BankFormat } from "../domain/bank-lines"
import { readBankStatement } from "../domain/bank-lines"
import type { PayableInvoice } from "../domain/match-bank-lines"
import { matchBankLines } from "../domain/match-bank-lines"

const ENGLISH: BankFormat = {
  columns: { date: "Date", amount: "Amount", reference: "Details", payer: "Payer" },
  delimiter: ",",
  decimal: ".",
  date_order: "ymd",
  currency_code: "usd",
}
const GERMAN: BankFormat = {
  columns: { date: "Buchungstag", amount: "Betrag", reference: "Verwendungszweck" },
  delimiter: ";",
  decimal: ",",
  date_order: "dmy",
  currency_code: "eur",
}

describe("reading a bank's statement", () => {
  it("takes what came in, counts what went out, and names what cannot be read", () => {
    const csv = [
      "Date,Details,Payer,Amount,Balance",
      '2026-01-31,"INV-1, thank you",South Ltd,"1,200.00",5000',
      "2026-01-31,Rent,Landlord,-900.00,4100",
      "31 Jan,INV-2,South Ltd,10.00,4110",
      "2026-02-30,INV-2,South Ltd,10.00,4110",
      "2026-02-01,INV-2,South Ltd,ten,4110",
      "2026-02-01,INV-2,South Ltd,10.001,4110",
    ].join("\r\n")
    const { lines, unreadable, outgoing } = readBankStatement(`\uFEFF${csv}`, ENGLISH)
    expect(lines).toMatchObject([
      {
        row: 2,
        received_at: new Date("2026-01-31T12:00:00Z"),
        amount: "1200.00",
        reference: "INV-1, thank you",
        payer: "South Ltd",
      },
    ])
    expect(outgoing).toBe(1)
    expect(unreadable).toEqual([
      { row: 4, message: '"31 Jan" is no date.' },
      { row: 5, message: '"2026-02-30" is no date.' },
      { row: 6, message: '"ten" is no amount.' },
      { row: 7, message: '"10.001" is no amount.' },
    ])
  })

  it("reads other banks' signs, dates and delimiters", () => {
    const csv = 'Buchungstag;Verwendungszweck;Betrag\n28.02.26;"Rechnung ""7""";1.234,56\n01.03.2026;Rest;+0,44'
    expect(readBankStatement(csv, GERMAN).lines).toMatchObject([
      { received_at: new Date("2026-02-28T12:00:00Z"), amount: "1234.56", reference: 'Rechnung "7"', payer: "" },
      { received_at: new Date("2026-03-01T12:00:00Z"), amount: "0.44" },
    ])
  })

  it("gives a line the same id whenever it is read, and equal lines their own", () => {
    const csv = "Date,Details,Payer,Amount\n2026-01-31,INV-1,South,5\n2026-01-31,INV-1,South,5"
    const first = readBankStatement(csv, ENGLISH).lines.map(({ id }) => id)
    const again = readBankStatement(csv.replace("2026-01-31", "2026-01-30,A,B,1\n2026-01-31"), ENGLISH).lines
    expect(new Set(first).size).toBe(2)
    expect(again.slice(1).map(({ id }) => id)).toEqual(first)
  })

  it.each([
    ["Date,Payer,Amount\n", 'The file has no column "Details".'],
    ['Date,Details,Payer,Amount\n2026-01-31,"INV', "Quote Not Closed"],
  ])("refuses %j", (csv, message) => {
    let error: unknown
    try {
      readBankStatement(csv, ENGLISH)
    } catch (thrown) {
      error = thrown
    }
    expect(asWholesaleError(error)).toMatchObject({ status: 400, code: "invalid_bank_statement" })
    expect(asWholesaleError(error)?.message).toContain(message)
  })
})

describe("matching what came in", () => {
  const invoice = (number: string, outstanding: string, more: Partial<PayableInvoice> = {}): PayableInvoice => ({
    id: `whinv_${number}`,
    number: `INV-2026-${number}`,
    order_numbers: [`B2B-${number}`],
    account_id: "south",
    currency_code: "usd",
    outstanding,
    due_at: new Date("2026-02-01T00:00:00Z"),
    ...more,
  })
  const accounts = [
    { id: "south", number: "D-100", company_name: "South & Sons" },
    { id: "north", number: null, company_name: "North Trading" },
  ]
  const invoices = [
    invoice("1", "1200.00", { due_at: new Date("2026-01-15T00:00:00Z") }),
    invoice("10", "800.00"),
    invoice("2", "500.00", { account_id: "north", order_numbers: ["B2B-2", "PO/77"] }),
    invoice("3", "5000.00", { account_id: "north", early: { payable: "4900.00", until: new Date("2026-01-11T00:00:00Z") } }),
  ]
  const match = (amount: string, reference: string, payer = "", open = invoices, day = "2026-01-11") => {
    const [{ proposal }] = matchBankLines(
      [{ id: "bankline_1", row: 2, received_at: new Date(`${day}T12:00:00Z`), amount, currency_code: "usd", reference, payer }],
      open,
      accounts
    )
    return (
      proposal &&
      [proposal.certainty, proposal.account_id, ...proposal.allocations.map((each) => `${each.invoice_id.slice(6)} ${each.amount}`)].join(", ")
    )
  }

  it.each([
    ["800.00", "inv 2026 10", "", "sure, south, 10 800.00"],
    // The bank leaves no sign between.
    ["800.00", "INV202610", "", "sure, south, 10 800.00"],
    // 1,200 + 800
    ["2000.00", "INV-2026-10 / INV-2026-1", "", "sure, south, 1 1200.00, 10 800.00"],
    ["500.00", "your PO/77", "", "sure, north, 2 500.00"],
    // Less the discount.
    ["4900.00", "INV-2026-3", "", "sure, north, 3 4900.00"],
    // Named, and another amount: the older first.
    ["1300.00", "INV-2026-1 INV-2026-10", "", "likely, south, 1 1200.00, 10 100.00"],
    ["900.00", "INV-2026-10", "", "likely, south, 10 800.00"],
    // The amount of one alone.
    ["500.00", "thank you", "", "likely, north, 2 500.00"],
    ["500.00", "thank you", "South & Sons", "account, south"],
    ["123.00", "customer D-100", "", "account, south"],
    ["123.00", "rent", "", null],
    // Of two accounts: somebody has to say.
    ["1700.00", "INV-2026-1 INV-2026-2", "", null],
  ])("%s with %j from %j: %s", (amount, reference, payer, expected) => {
    expect(match(amount, reference, payer)).toBe(expected)
  })

  it("knows until when less is to be paid", () => {
    expect(match("4900.00", "INV-2026-3", "", invoices, "2026-01-12")).toBe("likely, north, 3 4900.00")
    expect(match("5000.00", "INV-2026-3", "", invoices, "2026-01-12")).toBe("sure, north, 3 5000.00")
  })

  it("proposes an invoice once", () => {
    const line = (row: number) => ({
      id: `bankline_${row}`, row, received_at: new Date(), amount: "800.00", currency_code: "usd", reference: "INV-2026-10", payer: "South & Sons",
    })
    const [first, second] = matchBankLines([line(2), line(3)], invoices, accounts)
    expect(first.proposal?.certainty).toBe("sure")
    expect(second.proposal).toMatchObject({ certainty: "account", account_id: "south", unapplied: "800.00" })
  })

  it("proposes no invoice of another currency", () => {
    expect(match("800.00", "INV-2026-10", "", [invoice("10", "800.00", { currency_code: "eur" })])).toBeNull()
  })
})
