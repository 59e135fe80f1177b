import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf } from "../../lib/sql/transaction"
import { undoWriteOff, writeOffInvoice } from "./persistence/invoices/write-off"
import * as lateCharges from "./persistence/late-charges/late-charges"
import * as credit from "./persistence/payments/move-credit"
import { recordPayment } from "./persistence/payments/record-payment"
import { refundCredit } from "./persistence/payments/refund-credit"
import * as settings from "./persistence/payments/settings"
import type { Page } from "./persistence/paging"
import { voidPayment } from "./persistence/payments/void-payment"
import { listReceivableChanges } from "./persistence/receivable-changes"
import type { InputOf, Shared } from "./persistence/transaction"
import { transactionOf } from "./persistence/transaction"
import { ReceivableReports } from "./receivable-reports"

/** What is done with money: payments, allocations, refunds, late charges. */
export class ReceivableVerbs extends ReceivableReports {
  /** See {@link recordPayment}. */
  @InjectTransactionManager()
  async recordPayment(
    input: InputOf<typeof recordPayment>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await recordPayment(transactionOf(sharedContext), input)
  }

  /** See {@link credit.allocateCredit}. */
  @InjectTransactionManager()
  async allocateCredit(
    input: InputOf<typeof credit.allocateCredit>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await credit.allocateCredit(transactionOf(sharedContext), input)
  }

  /** See {@link credit.unallocateCredit}. */
  @InjectTransactionManager()
  async unallocateCredit(
    input: InputOf<typeof credit.unallocateCredit>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await credit.unallocateCredit(transactionOf(sharedContext), input)
  }

  /** See {@link voidPayment}. */
  @InjectTransactionManager()
  async voidPayment(
    input: InputOf<typeof voidPayment>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await voidPayment(transactionOf(sharedContext), input)
  }

  /** See {@link refundCredit}. */
  @InjectTransactionManager()
  async refundCredit(
    input: InputOf<typeof refundCredit>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await refundCredit(transactionOf(sharedContext), input)
  }

  /** See {@link lateCharges.chargeLate}. */
  @InjectTransactionManager()
  async chargeLate(
    input: InputOf<typeof lateCharges.chargeLate>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await lateCharges.chargeLate(transactionOf(sharedContext), input)
  }

  /** See {@link lateCharges.voidLateCharge}. */
  @InjectTransactionManager()
  async voidLateCharge(
    input: InputOf<typeof lateCharges.voidLateCharge>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await lateCharges.voidLateCharge(transactionOf(sharedContext), input)
  }

  /** See {@link writeOffInvoice}. */
  @InjectTransactionManager()
  async writeOffInvoice(
    input: InputOf<typeof writeOffInvoice>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await writeOffInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link undoWriteOff}. */
  @InjectTransactionManager()
  async undoWriteOff(
    input: InputOf<typeof undoWriteOff>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await undoWriteOff(transactionOf(sharedContext), input)
  }

  /** See {@link settings.setReceivableSettings}. */
  @InjectTransactionManager()
  async setReceivableSettings(
    input: InputOf<typeof settings.setReceivableSettings>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await settings.setReceivableSettings(transactionOf(sharedContext), input)
  }

  /** See {@link settings.receivableSettings}. */
  @InjectManager()
  async receivableSettings(
    input: InputOf<typeof settings.receivableSettings>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await settings.receivableSettings(managerOf(sharedContext), input)
  }

  /** See {@link listReceivableChanges}. */
  @InjectManager()
  async listReceivableChanges(
    of: InputOf<typeof listReceivableChanges>,
    page: Page = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await listReceivableChanges(managerOf(sharedContext), of, page)
  }
}
