import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { InvoiceReads } from "./invoice-reads"
import type { Page } from "./persistence/paging"
import { creditOnAccount } from "./persistence/payments/credit-on-account"
import { openItems } from "./persistence/payments/open-items"
import { payableInvoices, recordedPayments } from "./persistence/payments/payable-invoices"
import { unnotedEntries } from "./persistence/posting"
import { creditNoteDetail } from "./persistence/reads"
import { ageing } from "./persistence/reports/ageing"
import * as balances from "./persistence/reports/balances"
import { daysSalesOutstanding } from "./persistence/reports/days-sales-outstanding"
import { statement } from "./persistence/reports/statement"
import type { InputOf, Shared } from "./persistence/transaction"

/** What accounts owe, as of any day, and how it came to that. */
export class ReceivableReports extends InvoiceReads {
  /** See {@link ageing}. */
  @InjectManager()
  async ageing(input: InputOf<typeof ageing>, @MedusaContext() sharedContext: Shared = {}) {
    return await ageing(managerOf(sharedContext), input)
  }

  /** See {@link balances.receivableBalances}. */
  @InjectTransactionManager()
  async receivableBalances(
    input: InputOf<typeof balances.receivableBalances>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await balances.receivableBalances(transactionOf(sharedContext), input)
  }

  /** See {@link balances.invoicedOrders}. */
  @InjectTransactionManager()
  async invoicedOrders(
    input: InputOf<typeof balances.invoicedOrders>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await balances.invoicedOrders(transactionOf(sharedContext), input)
  }

  /** See {@link balances.ordersToTell}. */
  @InjectTransactionManager()
  async ordersToTell(
    input: InputOf<typeof balances.ordersToTell>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await balances.ordersToTell(transactionOf(sharedContext), input)
  }

  /** See {@link unnotedEntries}. */
  @InjectTransactionManager()
  async unnotedEntries(
    input: InputOf<typeof unnotedEntries>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await unnotedEntries(transactionOf(sharedContext), input)
  }

  /** See {@link payableInvoices}. */
  @InjectManager()
  async payableInvoices(
    input: InputOf<typeof payableInvoices>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await payableInvoices(managerOf(sharedContext), input)
  }

  /** See {@link recordedPayments}. */
  @InjectManager()
  async recordedPayments(
    input: InputOf<typeof recordedPayments>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await recordedPayments(managerOf(sharedContext), input)
  }

  /** See {@link statement}. */
  @InjectManager()
  async statement(input: InputOf<typeof statement>, @MedusaContext() sharedContext: Shared = {}) {
    return await statement(managerOf(sharedContext), input)
  }

  /** See {@link daysSalesOutstanding}. */
  @InjectManager()
  async daysSalesOutstanding(
    input: InputOf<typeof daysSalesOutstanding>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await daysSalesOutstanding(managerOf(sharedContext), input)
  }

  /** See {@link openItems}. */
  @InjectManager()
  async openItems(
    of: InputOf<typeof openItems>,
    page: Pick<Page, "limit" | "offset"> = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await openItems(managerOf(sharedContext), of, page)
  }

  /** See {@link creditOnAccount}. */
  @InjectManager()
  async creditOnAccount(
    of: InputOf<typeof creditOnAccount>,
    page: Pick<Page, "limit" | "offset"> = {},
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await creditOnAccount(managerOf(sharedContext), of, page)
  }

  /** See {@link creditNoteDetail}. */
  @InjectManager()
  async creditNoteDetail(
    input: InputOf<typeof creditNoteDetail>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await creditNoteDetail(managerOf(sharedContext), input)
  }
}
