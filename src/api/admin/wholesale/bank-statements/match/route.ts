import { derivedId } from "../../../../../lib/ids/derived-id"
import { WHOLESALE_ACCOUNT } from "../../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../../../../modules/wholesale-invoice"
import { readBankStatement } from "../../../../../modules/wholesale-invoice/domain/bank-lines"
import type { Choice } from "../../../../../modules/wholesale-invoice/domain/allocation-plan"
import {
  matchBankLines,
  type MatchedLine,
  type PayableInvoice,
  type PayingAccount,
} from "../../../../../modules/wholesale-invoice/domain/match-bank-lines"
import type WholesaleInvoiceModuleService from "../../../../../modules/wholesale-invoice/service"
import { matchBankStatement } from "../../../../../schemas/invoices"
import { adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { amountNumber } from "../../../../views/amounts"

/**
 * Says what the lines of a bank's statement seem to pay. Records nothing: each line is confirmed as a
 * payment under its `bank_line_id`.
 */
export const POST = adminWrite({
  flags: SALES,
  body: matchBankStatement,
  handler: async ({ container, store, body: { csv, currency_code = store.currency_code, ...format } }) => {
    const { lines, unreadable, outgoing } = readBankStatement(csv, { ...format, currency_code })
    const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    const [payable, accounts, recorded] = await Promise.all([
      invoices.payableInvoices({ store_id: store.id, currency_code }),
      container
        .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
        .listWholesaleAccounts({ store_id: store.id }, { take: null, select: ["id", "number", "company_name"] }),
      invoices.recordedPayments({ store_id: store.id, ids: lines.map(({ id }) => paymentId(store.id, id)) }),
    ])
    const known = new Set(recorded)
    const isNew = (line: { id: string }) => !known.has(paymentId(store.id, line.id))
    const matched = matchBankLines(lines.filter(isNew), payable, accounts)
    return ok({
      lines: matched.map(lineView(payable, accounts)),
      recorded: lines.filter((line) => !isNew(line)).map(({ row }) => row),
      unreadable,
      outgoing,
    })
  },
})

const paymentId = (storeId: string, lineId: string) => derivedId("whpay", storeId, lineId)

/** A line with the names and numbers of what it proposes, for people to check. */
function lineView(payable: readonly PayableInvoice[], accounts: readonly PayingAccount[]) {
  const nameOf = new Map(accounts.map(({ id, company_name }) => [id, company_name]))
  const invoiceOf = new Map(payable.map((invoice) => [invoice.id, invoice]))
  const invoiceView = ({ invoice_id }: Choice) => {
    const { number = null, outstanding = "0" } = invoiceOf.get(invoice_id) ?? {}
    return { invoice_id, number, outstanding: amountNumber(outstanding) }
  }
  return ({ id, amount, proposal, ...line }: MatchedLine) => ({
    bank_line_id: id,
    ...line,
    amount: amountNumber(amount),
    proposal: proposal && {
      ...proposal,
      company_name: nameOf.get(proposal.account_id) ?? null,
      allocations: proposal.allocations.map((each) => ({ ...each, amount: amountNumber(each.amount) })),
      invoices: proposal.allocations.map(invoiceView),
      unapplied: amountNumber(proposal.unapplied),
    },
  })
}
