import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import type { DocumentTerms, InvoiceDocument, Settlement } from "../../documents/model/invoice"
import { calendarDay } from "../../lib/calendar/days"
import { subtractAmounts, sumAmounts, type Amount } from "../../lib/money/amount"
import { discountUntil } from "../../lib/terms/payment-terms"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import { buyersView } from "../../modules/wholesale-invoice/domain/buyers-view"
import { payableWithDiscount } from "../../modules/wholesale-invoice/domain/early-payment-discount"
import type { InvoiceDetail } from "../../modules/wholesale-invoice/persistence/reads"
import type { Invoice } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import type { Store } from "../../modules/wholesale-store/service"
import { linesAndCharges, orderReferences, ordersOfLines, totalsOf } from "./document-figures"
import { buyerSide, sellerSide } from "./document-parties"
import { lineTaxes, taxSummary } from "./document-taxes"
import { printedBranding } from "./printed-branding"

/** An invoice as it was issued, with what has happened to it since, and how often it has changed. */
export interface IssuedInvoice {
  readonly document: InvoiceDocument
  readonly invoice: InvoiceDetail
}

/** @throws WholesaleError 404 */
export async function invoiceDocument(container: MedusaContainer, store: Store, id: string): Promise<IssuedInvoice> {
  const invoice = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .retrieveInvoice({ store_id: store.id, id })
  return { invoice, document: toDocument(invoice, await printedBranding(container, store)) }
}

function toDocument(invoice: InvoiceDetail, branding: InvoiceDocument["branding"]): InvoiceDocument {
  const { currency_code, number, issued_at } = invoice
  const taxOf = lineTaxes(invoice.tax_summary)
  const orderOf = ordersOfLines(invoice)
  return {
    kind: "invoice",
    number,
    issued_on: calendarDay(issued_at),
    currency_code,
    branding,
    ...sellerSide(invoice.seller),
    ...buyerSide(invoice.buyer),
    ...orderReferences(invoice),
    buyer_reference: null,
    ...linesAndCharges(
      invoice.lines.map((line) => ({ ...line, order: orderOf(line.order_id) })),
      taxOf
    ),
    tax_summary: taxSummary(invoice.tax_summary),
    totals: totalsOf(invoice, currency_code),
    terms: termsOf(invoice),
    prepaid: sumAmounts([], currency_code),
    settlement: settlementOf(invoice),
  }
}

/** As they were agreed: what was paid meanwhile changes nothing of them. */
function termsOf({ terms, issued_at, due_at, total, currency_code }: Invoice): DocumentTerms {
  const until = discountUntil(issued_at, terms)
  return {
    due_on: calendarDay(due_at),
    discount:
      terms.discount && until
        ? {
            percent: terms.discount.percent,
            until: calendarDay(until),
            amount: discountOn(total, terms.discount.percent, currency_code),
          }
        : null,
    text: null,
  }
}

function discountOn(total: Amount, percent: string, currency_code: string): Amount {
  const nothing = sumAmounts([], currency_code)
  const untouched = { currency_code, percent, outstanding: total, discounted_paid: nothing, discount_total: nothing }
  return subtractAmounts(total, payableWithDiscount(untouched), currency_code)
}

/** As the buyer is told: a bad debt is still owed. */
function settlementOf(invoice: InvoiceDetail): Settlement | null {
  const { paid_total, applied_credit_total, discount_total, written_off_total, voided_at } = invoice
  if (!voided_at && MathBN.eq(buyersView(invoice).outstanding, invoice.total)) {
    return null
  }
  return {
    as_of: calendarDay(new Date()),
    void_since: voided_at && calendarDay(voided_at),
    paid: paid_total,
    credited: applied_credit_total,
    discounted: discount_total,
    written_off: subtractAmounts(written_off_total, invoice.bad_debt, invoice.currency_code),
  }
}
