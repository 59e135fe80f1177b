import { isSure, paymentOfLine, proposedPurpose } from "../bank-confirmation"
import type { BankLine, BankProposal } from "../types/receivables"

const line = (proposal: BankProposal | null): BankLine => ({
  bank_line_id: "bankline_1",
  row: 2,
  received_at: "2026-02-01T12:00:00.000Z",
  amount: 100,
  currency_code: "usd",
  reference: " Invoice INV-1 ",
  payer: "Elm",
  proposal,
})
const proposal = (changes: Partial<BankProposal>): BankProposal => ({
  certainty: "sure",
  account_id: "whacc_1",
  company_name: "Elm Stores",
  allocations: [{ invoice_id: "whinv_1", amount: 100 }],
  invoices: [{ invoice_id: "whinv_1", number: "INV-1", outstanding: 100 }],
  unapplied: 0,
  ...changes,
})

describe("confirming a bank's line", () => {
  it("puts it to the invoices that are proposed, under the line's own id", () => {
    const sure = line(proposal({}))
    const purpose = proposedPurpose(sure)
    expect(purpose && paymentOfLine(sure, purpose)).toEqual({
      account_id: "whacc_1",
      strategy: "by_choice",
      allocations: [{ invoice_id: "whinv_1", amount: 100 }],
      amount: 100,
      method: "bank_transfer",
      reference: "Invoice INV-1",
      received_at: "2026-02-01T12:00:00.000Z",
      bank_line_id: "bankline_1",
    })
  })

  it("leaves it on the account where only the payer is known, and asks where nobody is", () => {
    expect(proposedPurpose(line(proposal({ certainty: "account", allocations: [] })))).toEqual({
      account_id: "whacc_1",
      strategy: "unapplied",
    })
    expect(proposedPurpose(line(null))).toBeUndefined()
  })

  it("is done with all others only where it is sure", () => {
    expect([proposal({}), proposal({ certainty: "likely" }), null].map((each) => isSure(line(each)))).toEqual([
      true,
      false,
      false,
    ])
  })
})
