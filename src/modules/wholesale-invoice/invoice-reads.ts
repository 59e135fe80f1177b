import { InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import { WholesaleBill } from "./models/bill"
import { WholesaleBillDocument } from "./models/bill-document"
import { WholesaleCreditNote } from "./models/credit-note"
import { WholesaleInvoice } from "./models/invoice"
import { WholesaleInvoiceEvent } from "./models/invoice-event"
import { WholesaleInvoiceLine } from "./models/invoice-line"
import { WholesaleInvoiceSeries } from "./models/invoice-series"
import { WholesaleMirror } from "./models/mirror"
import { WholesaleMirrorRefund } from "./models/mirror-refund"
import { WholesalePayment } from "./models/payment"
import { WholesalePaymentAllocation } from "./models/payment-allocation"
import * as announcements from "./persistence/announcements"
import * as billReads from "./persistence/bill-reads"
import { invoicesOfOrder } from "./persistence/invoices"
import * as mirrorRefunds from "./persistence/mirror-refunds"
import type { Page } from "./persistence/paging"
import { documentsToPost } from "./persistence/posting"
import * as reads from "./persistence/reads"
import { reconcile } from "./persistence/reconcile"
import { summarise } from "./persistence/summary"
import type { InputOf, Shared } from "./persistence/transaction"
import { transactionOf } from "./persistence/transaction"

/** What can be read of invoices and bills; the verbs that change them stand in the service. */
export class InvoiceReads extends MedusaService({
  WholesaleInvoice,
  WholesaleInvoiceLine,
  WholesaleInvoiceEvent,
  WholesaleInvoiceSeries,
  WholesalePayment,
  WholesalePaymentAllocation,
  WholesaleCreditNote,
  WholesaleMirror,
  WholesaleMirrorRefund,
  WholesaleBill,
  WholesaleBillDocument,
}) {
  /** See {@link mirrorRefunds.pendingMirrors}. */
  @InjectTransactionManager()
  async pendingMirrors(
    input: InputOf<typeof mirrorRefunds.pendingMirrors>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrors(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.pendingMirrorRefunds}. */
  @InjectTransactionManager()
  async pendingMirrorRefunds(
    input: InputOf<typeof mirrorRefunds.pendingMirrorRefunds>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrorRefunds(transactionOf(sharedContext), input)
  }

  /** See {@link announcements.documentsToAnnounce}. */
  @InjectTransactionManager()
  async documentsToAnnounce(limit: number, @MedusaContext() sharedContext: Shared = {}) {
    return await announcements.documentsToAnnounce(transactionOf(sharedContext), limit)
  }

  /** See {@link documentsToPost}. */
  @InjectTransactionManager()
  async documentsToPost(limit: number, @MedusaContext() sharedContext: Shared = {}) {
    return await documentsToPost(transactionOf(sharedContext), limit)
  }

  /** See {@link invoicesOfOrder}. */
  @InjectTransactionManager()
  async invoicesOfOrder(
    input: InputOf<typeof invoicesOfOrder>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await invoicesOfOrder(transactionOf(sharedContext), input)
  }

  /** See {@link reads.retrieveInvoice}. */
  @InjectTransactionManager()
  async retrieveInvoice(
    input: InputOf<typeof reads.retrieveInvoice>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.retrieveInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link reads.retrievePayment}. */
  @InjectTransactionManager()
  async retrievePayment(
    input: InputOf<typeof reads.retrievePayment>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.retrievePayment(transactionOf(sharedContext), input)
  }

  /** See {@link reads.retrieveCreditNote}. */
  @InjectTransactionManager()
  async retrieveCreditNote(
    input: InputOf<typeof reads.retrieveCreditNote>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.retrieveCreditNote(transactionOf(sharedContext), input)
  }

  /** See {@link billReads.retrieveBill}. */
  @InjectTransactionManager()
  async retrieveBill(
    input: InputOf<typeof billReads.retrieveBill>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await billReads.retrieveBill(transactionOf(sharedContext), input)
  }

  /** See {@link reads.listInvoices}. */
  @InjectTransactionManager()
  async listInvoices(
    filters: InputOf<typeof reads.listInvoices>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listInvoices(transactionOf(sharedContext), filters, page)
  }

  /** See {@link reads.listPayments}. */
  @InjectTransactionManager()
  async listPayments(
    filters: InputOf<typeof reads.listPayments>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listPayments(transactionOf(sharedContext), filters, page)
  }

  /** See {@link reads.listCreditNotes}. */
  @InjectTransactionManager()
  async listCreditNotes(
    filters: InputOf<typeof reads.listCreditNotes>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listCreditNotes(transactionOf(sharedContext), filters, page)
  }

  /** See {@link reads.listMirrors}. */
  @InjectTransactionManager()
  async listMirrors(
    filters: InputOf<typeof reads.listMirrors>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listMirrors(transactionOf(sharedContext), filters, page)
  }

  /** See {@link billReads.listBills}. */
  @InjectTransactionManager()
  async listBills(
    filters: InputOf<typeof billReads.listBills>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await billReads.listBills(transactionOf(sharedContext), filters, page)
  }

  /** See {@link summarise}. */
  @InjectTransactionManager()
  async summarise(input: InputOf<typeof summarise>, @MedusaContext() sharedContext: Shared = {}) {
    return await summarise(transactionOf(sharedContext), input)
  }

  /** See {@link reconcile}. */
  @InjectTransactionManager()
  async reconcile(store_id: string, @MedusaContext() sharedContext: Shared = {}) {
    return await reconcile(transactionOf(sharedContext), store_id)
  }
}
