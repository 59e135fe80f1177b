import { InjectManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import { managerOf } from "../../lib/sql/transaction"
import { WholesaleBill } from "./models/bill"
import { WholesaleBillDocument } from "./models/bill-document"
import { WholesaleCreditNote } from "./models/credit-note"
import { WholesaleDunningLevel } from "./models/dunning-level"
import { WholesaleDunningNotice } from "./models/dunning-notice"
import { WholesaleInvoice } from "./models/invoice"
import { WholesaleInvoiceEvent } from "./models/invoice-event"
import { WholesaleInvoiceLine } from "./models/invoice-line"
import { WholesaleInvoiceOrder } from "./models/invoice-order"
import { WholesaleInvoiceSeries } from "./models/invoice-series"
import { WholesaleLateCharge } from "./models/late-charge"
import { WholesaleMirror } from "./models/mirror"
import { WholesaleMirrorRefund } from "./models/mirror-refund"
import { WholesalePayment } from "./models/payment"
import { WholesalePaymentAllocation } from "./models/payment-allocation"
import { WholesaleReceivableChange } from "./models/receivable-change"
import { WholesaleReceivableSettings } from "./models/receivable-settings"
import { WholesaleRefund } from "./models/refund"
import { WholesaleStoredDocument } from "./models/stored-document"
import * as announcements from "./persistence/announcements"
import * as billReads from "./persistence/bills/bill-reads"
import { invoicesOfOrder, sharesOfOrder } from "./persistence/invoices/invoices"
import type { PastDueInput } from "./persistence/invoices/past-due"
import { pastDue } from "./persistence/invoices/past-due"
import * as returnedParts from "./persistence/invoices/returned-parts"
import * as mirrorRefunds from "./persistence/mirrors/mirror-refunds"
import type { Page } from "./persistence/paging"
import * as payments from "./persistence/payments/payment-reads"
import { documentsToPost } from "./persistence/posting"
import * as reads from "./persistence/reads"
import { reconcile } from "./persistence/reconcile"
import { storedDocument } from "./persistence/stored-documents"
import { summarise } from "./persistence/summary"
import type { InputOf, Shared } from "./persistence/transaction"

/** What can be read of invoices and bills; the verbs that change them stand in the service. */
export class InvoiceReads extends MedusaService({
  WholesaleInvoice,
  WholesaleInvoiceOrder,
  WholesaleInvoiceLine,
  WholesaleInvoiceEvent,
  WholesaleInvoiceSeries,
  WholesalePayment,
  WholesalePaymentAllocation,
  WholesaleRefund,
  WholesaleLateCharge,
  WholesaleReceivableSettings,
  WholesaleReceivableChange,
  WholesaleDunningLevel,
  WholesaleDunningNotice,
  WholesaleCreditNote,
  WholesaleMirror,
  WholesaleMirrorRefund,
  WholesaleBill,
  WholesaleBillDocument,
  WholesaleStoredDocument,
}) {
  /** See {@link mirrorRefunds.pendingMirrors}. */
  @InjectManager()
  async pendingMirrors(
    input: InputOf<typeof mirrorRefunds.pendingMirrors>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrors(managerOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.pendingMirrorReversals}. */
  @InjectManager()
  async pendingMirrorReversals(
    input: InputOf<typeof mirrorRefunds.pendingMirrorReversals>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrorReversals(managerOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.pendingMirrorRefunds}. */
  @InjectManager()
  async pendingMirrorRefunds(
    input: InputOf<typeof mirrorRefunds.pendingMirrorRefunds>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrorRefunds(managerOf(sharedContext), input)
  }

  /** See {@link announcements.documentsToAnnounce}. */
  @InjectManager()
  async documentsToAnnounce(
    input: InputOf<typeof announcements.documentsToAnnounce>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await announcements.documentsToAnnounce(managerOf(sharedContext), input)
  }

  /** See {@link documentsToPost}. */
  @InjectManager()
  async documentsToPost(
    input: InputOf<typeof documentsToPost>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await documentsToPost(managerOf(sharedContext), input)
  }

  /** See {@link invoicesOfOrder}. */
  @InjectManager()
  async invoicesOfOrder(
    input: InputOf<typeof invoicesOfOrder>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await invoicesOfOrder(managerOf(sharedContext), input)
  }

  /** See {@link sharesOfOrder}. */
  @InjectManager()
  async sharesOfOrder(
    input: InputOf<typeof sharesOfOrder>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await sharesOfOrder(managerOf(sharedContext), input)
  }

  /** See {@link returnedParts.partsToReturn}. */
  @InjectManager()
  async partsToReturn(
    input: InputOf<typeof returnedParts.partsToReturn>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await returnedParts.partsToReturn(managerOf(sharedContext), input)
  }

  /** See {@link reads.invoiceWithLines}. */
  @InjectManager()
  async invoiceWithLines(
    input: InputOf<typeof reads.invoiceWithLines>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.invoiceWithLines(managerOf(sharedContext), input)
  }

  /** See {@link reads.retrieveInvoice}. */
  @InjectManager()
  async retrieveInvoice(
    input: InputOf<typeof reads.retrieveInvoice>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.retrieveInvoice(managerOf(sharedContext), input)
  }

  /** See {@link payments.retrievePayment}. */
  @InjectManager()
  async retrievePayment(
    input: InputOf<typeof payments.retrievePayment>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await payments.retrievePayment(managerOf(sharedContext), input)
  }

  /** See {@link reads.retrieveCreditNote}. */
  @InjectManager()
  async retrieveCreditNote(
    input: InputOf<typeof reads.retrieveCreditNote>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.retrieveCreditNote(managerOf(sharedContext), input)
  }

  /** See {@link billReads.retrieveBill}. */
  @InjectManager()
  async retrieveBill(
    input: InputOf<typeof billReads.retrieveBill>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await billReads.retrieveBill(managerOf(sharedContext), input)
  }

  /** See {@link reads.listInvoices}. */
  @InjectManager()
  async listInvoices(
    filters: InputOf<typeof reads.listInvoices>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listInvoices(managerOf(sharedContext), filters, page)
  }

  /** See {@link payments.listPayments}. */
  @InjectManager()
  async listPayments(
    filters: InputOf<typeof payments.listPayments>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await payments.listPayments(managerOf(sharedContext), filters, page)
  }

  /** See {@link reads.listCreditNotes}. */
  @InjectManager()
  async listCreditNotes(
    filters: InputOf<typeof reads.listCreditNotes>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listCreditNotes(managerOf(sharedContext), filters, page)
  }

  /** See {@link reads.listMirrors}. */
  @InjectManager()
  async listMirrors(
    filters: InputOf<typeof reads.listMirrors>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await reads.listMirrors(managerOf(sharedContext), filters, page)
  }

  /** See {@link billReads.listBills}. */
  @InjectManager()
  async listBills(
    filters: InputOf<typeof billReads.listBills>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await billReads.listBills(managerOf(sharedContext), filters, page)
  }

  /** See {@link pastDue}. */
  @InjectManager()
  async pastDue(input: PastDueInput, @MedusaContext() sharedContext: Shared = {}) {
    return await pastDue(managerOf(sharedContext), input)
  }

  /** See {@link storedDocument}. */
  @InjectManager()
  async storedDocument(
    input: InputOf<typeof storedDocument>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await storedDocument(managerOf(sharedContext), input)
  }

  /** See {@link summarise}. */
  @InjectManager()
  async summarise(input: InputOf<typeof summarise>, @MedusaContext() sharedContext: Shared = {}) {
    return await summarise(managerOf(sharedContext), input)
  }

  /** See {@link reconcile}. */
  @InjectManager()
  async reconcile(store_id: string, @MedusaContext() sharedContext: Shared = {}) {
    return await reconcile(managerOf(sharedContext), store_id)
  }
}
