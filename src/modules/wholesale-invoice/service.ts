import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
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
import * as billDocuments from "./persistence/bill-documents"
import * as billReads from "./persistence/bill-reads"
import * as bills from "./persistence/bills"
import { issueCreditNote } from "./persistence/issue-credit-note"
import { issueInvoice } from "./persistence/issue-invoice"
import * as mirrorRefunds from "./persistence/mirror-refunds"
import * as mirrors from "./persistence/mirrors"
import type { Page } from "./persistence/paging"
import * as reads from "./persistence/reads"
import { reconcile } from "./persistence/reconcile"
import { recordPayment } from "./persistence/record-payment"
import { transactionOf } from "./persistence/rows"
import { summarise } from "./persistence/summary"
import type { VoidInvoiceInput } from "./persistence/void-invoice"
import { voidInvoice } from "./persistence/void-invoice"

type Shared = Context<EntityManager>

/** The input of a persistence function: what follows its manager. */
type InputOf<Verb> = Verb extends (manager: EntityManager, input: infer Input) => unknown
  ? Input
  : never

/**
 * Invoices, payments, credit notes and mirrors of a store that sells, and bills of one that buys.
 * Every verb runs in one transaction, its own or the one in `sharedContext`. Lock order throughout:
 * invoice, number series, mirror, refund. The contracts stand at the functions under `persistence/`.
 */
class WholesaleInvoiceModuleService extends MedusaService({
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
  /** See {@link issueInvoice}. */
  @InjectTransactionManager()
  async issueInvoice(
    input: InputOf<typeof issueInvoice>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await issueInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link recordPayment}. */
  @InjectTransactionManager()
  async recordPayment(
    input: InputOf<typeof recordPayment>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await recordPayment(transactionOf(sharedContext), input)
  }

  /** See {@link issueCreditNote}. */
  @InjectTransactionManager()
  async issueCreditNote(
    input: InputOf<typeof issueCreditNote>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await issueCreditNote(transactionOf(sharedContext), input)
  }

  /** See {@link voidInvoice}. */
  @InjectTransactionManager()
  async voidInvoice(input: VoidInvoiceInput, @MedusaContext() sharedContext: Shared = {}) {
    return await voidInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link mirrors.ensureMirror}. */
  @InjectTransactionManager()
  async ensureMirror(
    input: InputOf<typeof mirrors.ensureMirror>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrors.ensureMirror(transactionOf(sharedContext), input)
  }

  /** See {@link mirrors.markMirrorMade}. */
  @InjectTransactionManager()
  async markMirrorMade(
    input: InputOf<typeof mirrors.markMirrorMade>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrors.markMirrorMade(transactionOf(sharedContext), input)
  }

  /** See {@link mirrors.markMirrorReversed}. */
  @InjectTransactionManager()
  async markMirrorReversed(
    input: InputOf<typeof mirrors.markMirrorReversed>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrors.markMirrorReversed(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.pendingMirrors}. */
  @InjectTransactionManager()
  async pendingMirrors(
    input: InputOf<typeof mirrorRefunds.pendingMirrors>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrors(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.ensureMirrorRefund}. */
  @InjectTransactionManager()
  async ensureMirrorRefund(
    input: InputOf<typeof mirrorRefunds.ensureMirrorRefund>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.ensureMirrorRefund(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.markMirrorRefundDone}. */
  @InjectTransactionManager()
  async markMirrorRefundDone(
    input: InputOf<typeof mirrorRefunds.markMirrorRefundDone>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.markMirrorRefundDone(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.pendingMirrorRefunds}. */
  @InjectTransactionManager()
  async pendingMirrorRefunds(
    input: InputOf<typeof mirrorRefunds.pendingMirrorRefunds>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.pendingMirrorRefunds(transactionOf(sharedContext), input)
  }

  /** See {@link bills.receiveInvoice}. */
  @InjectTransactionManager()
  async receiveInvoice(
    input: InputOf<typeof bills.receiveInvoice>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await bills.receiveInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link billDocuments.receiveCreditNote}. */
  @InjectTransactionManager()
  async receiveCreditNote(
    input: InputOf<typeof billDocuments.receiveCreditNote>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await billDocuments.receiveCreditNote(transactionOf(sharedContext), input)
  }

  /** See {@link billDocuments.receivePayment}. */
  @InjectTransactionManager()
  async receivePayment(
    input: InputOf<typeof billDocuments.receivePayment>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await billDocuments.receivePayment(transactionOf(sharedContext), input)
  }

  /** See {@link announcements.documentsToAnnounce}. */
  @InjectTransactionManager()
  async documentsToAnnounce(limit: number, @MedusaContext() sharedContext: Shared = {}) {
    return await announcements.documentsToAnnounce(transactionOf(sharedContext), limit)
  }

  /** See {@link announcements.markAnnounced}. */
  @InjectTransactionManager()
  async markAnnounced(
    input: InputOf<typeof announcements.markAnnounced>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await announcements.markAnnounced(transactionOf(sharedContext), input)
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

export default WholesaleInvoiceModuleService
