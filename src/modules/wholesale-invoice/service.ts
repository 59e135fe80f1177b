import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf } from "../../lib/sql/transaction"
import { DunningVerbs } from "./dunning-verbs"
import * as announcements from "./persistence/announcements"
import * as billDocuments from "./persistence/bills/bill-documents"
import * as bills from "./persistence/bills/bills"
import { creditRest, type CreditRestInput } from "./persistence/credit-notes/credit-rest"
import { issueCreditNote } from "./persistence/credit-notes/issue-credit-note"
import { issueInvoice } from "./persistence/invoices/issue-invoice"
import { markPartReturned } from "./persistence/invoices/returned-parts"
import * as mirrorRefunds from "./persistence/mirrors/mirror-refunds"
import * as mirrors from "./persistence/mirrors/mirrors"
import type { PostableDocument } from "./persistence/posting"
import { dueEntries, markPosted } from "./persistence/posting"
import { rememberStoredDocument } from "./persistence/stored-documents"
import type { InputOf, Shared } from "./persistence/transaction"
import { transactionOf } from "./persistence/transaction"
import type { VoidInvoiceInput } from "./persistence/invoices/void-invoice"
import { voidInvoice } from "./persistence/invoices/void-invoice"

/**
 * Invoices, payments, credit notes and mirrors of a store that sells, and bills of one that buys.
 * Every verb runs in one transaction, its own or the one in `sharedContext`. Lock order throughout:
 * payment or credit note, invoices by id, number series, mirror, refund. The contracts stand at the
 * functions under `persistence/`.
 */
class WholesaleInvoiceModuleService extends DunningVerbs {
  /** See {@link issueInvoice}. */
  @InjectTransactionManager()
  async issueInvoice(
    input: InputOf<typeof issueInvoice>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await issueInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link issueCreditNote}. */
  @InjectTransactionManager()
  async issueCreditNote(
    input: InputOf<typeof issueCreditNote>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await issueCreditNote(transactionOf(sharedContext), input)
  }

  /** See {@link creditRest}. */
  @InjectTransactionManager()
  async creditRest(input: CreditRestInput, @MedusaContext() sharedContext: Shared = {}) {
    return await creditRest(transactionOf(sharedContext), input)
  }

  /** See {@link voidInvoice}. */
  @InjectTransactionManager()
  async voidInvoice(input: VoidInvoiceInput, @MedusaContext() sharedContext: Shared = {}) {
    return await voidInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link markPartReturned}. */
  @InjectManager()
  async markPartReturned(
    input: InputOf<typeof markPartReturned>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    await markPartReturned(managerOf(sharedContext), input)
  }

  /** See {@link rememberStoredDocument}. */
  @InjectTransactionManager()
  async rememberStoredDocument(
    input: InputOf<typeof rememberStoredDocument>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await rememberStoredDocument(transactionOf(sharedContext), input)
  }

  /** See {@link mirrors.ensureMirrors}. */
  @InjectTransactionManager()
  async ensureMirrors(
    input: InputOf<typeof mirrors.ensureMirrors>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrors.ensureMirrors(transactionOf(sharedContext), input)
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

  /** See {@link mirrors.markCoreOrderReversed}. */
  @InjectTransactionManager()
  async markCoreOrderReversed(
    input: InputOf<typeof mirrors.markCoreOrderReversed>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    await mirrors.markCoreOrderReversed(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.ensureMirrorRefunds}. */
  @InjectTransactionManager()
  async ensureMirrorRefunds(
    input: InputOf<typeof mirrorRefunds.ensureMirrorRefunds>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.ensureMirrorRefunds(transactionOf(sharedContext), input)
  }

  /** See {@link mirrorRefunds.markMirrorRefundDone}. */
  @InjectTransactionManager()
  async markMirrorRefundDone(
    input: InputOf<typeof mirrorRefunds.markMirrorRefundDone>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await mirrorRefunds.markMirrorRefundDone(transactionOf(sharedContext), input)
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

  /** See {@link announcements.markAnnounced}. */
  @InjectManager()
  async markAnnounced(
    input: InputOf<typeof announcements.markAnnounced>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await announcements.markAnnounced(managerOf(sharedContext), input)
  }

  /** See {@link announcements.moveToConnection}. */
  @InjectTransactionManager()
  async moveDocuments(
    input: InputOf<typeof announcements.moveToConnection>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    await announcements.moveToConnection(transactionOf(sharedContext), input)
  }

  /** See {@link markPosted}. */
  @InjectManager()
  async markPosted(documents: readonly PostableDocument[], @MedusaContext() sharedContext: Shared = {}) {
    await markPosted(managerOf(sharedContext), documents)
  }

  /** See {@link dueEntries}. */
  @InjectManager()
  async dueEntries(documents: readonly PostableDocument[], @MedusaContext() sharedContext: Shared = {}) {
    return await dueEntries(managerOf(sharedContext), documents)
  }
}

export default WholesaleInvoiceModuleService
