import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import type { KeyPage } from "../../lib/sql/key-page"
import * as groups from "./groups/groups"
import * as decisions from "./holds/decision-rows"
import * as holds from "./holds/reads"
import { reconcileHolds } from "./holds/reconcile-holds"
import * as balances from "./ledger/balances"
import * as reads from "./ledger/reads"
import { reconcile } from "./ledger/reconcile"
import type { StatementInput } from "./ledger/statement"
import { statement } from "./ledger/statement"
import { WholesaleCreditAccount } from "./models/credit-account"
import { WholesaleCreditChange } from "./models/credit-change"
import { WholesaleCreditDecision } from "./models/credit-decision"
import { WholesaleCreditEntry } from "./models/credit-entry"
import { WholesaleCreditGroup } from "./models/credit-group"
import { WholesaleCreditHold } from "./models/credit-hold"
import { WholesaleCreditNotice } from "./models/credit-notice"
import { countChanges, type OffsetPage } from "./settings/changes"

/** What can be read of credit; the verbs that change it stand in the service. */
export class CreditReads extends MedusaService({
  WholesaleCreditAccount,
  WholesaleCreditEntry,
  WholesaleCreditChange,
  WholesaleCreditGroup,
  WholesaleCreditHold,
  WholesaleCreditDecision,
  WholesaleCreditNotice,
}) {
  /** See {@link reads.exposure}. */
  @InjectManager()
  async exposure(account: reads.AccountOfStore, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await reads.exposure(managerOf(sharedContext), account)
  }

  /** See {@link reads.listCreditAccounts}. */
  @InjectManager()
  async listCreditAccounts(
    filters: { readonly store_id: string; readonly account_ids?: readonly string[] },
    page: reads.Page = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await reads.listCreditAccounts(managerOf(sharedContext), filters, page)
  }

  /** See {@link balances.ledgerBalances}. */
  @InjectTransactionManager()
  async ledgerBalances(
    input: balances.LedgerBalancesInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await balances.ledgerBalances(transactionOf(sharedContext), input)
  }

  /** See {@link balances.orderBalances}. */
  @InjectTransactionManager()
  async orderBalances(
    input: Parameters<typeof balances.orderBalances>[1],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await balances.orderBalances(transactionOf(sharedContext), input)
  }

  /** See {@link balances.standingKeys}. */
  @InjectTransactionManager()
  async standingKeys(
    input: Parameters<typeof balances.standingKeys>[1],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await balances.standingKeys(transactionOf(sharedContext), input)
  }

  /** See {@link reads.listEntries}. */
  @InjectManager()
  async listEntries(
    account: reads.AccountOfStore,
    page: reads.Page = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await reads.listEntries(managerOf(sharedContext), account, page)
  }

  /** See {@link reads.entriesOfDocument}. */
  @InjectManager()
  async entriesOfDocument(
    input: Parameters<typeof reads.entriesOfDocument>[1],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await reads.entriesOfDocument(managerOf(sharedContext), input)
  }

  /** See {@link reads.listChanges}. */
  @InjectManager()
  async listChanges(
    account: reads.AccountOfStore,
    page: OffsetPage = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await reads.listChanges(managerOf(sharedContext), account, page)
  }

  /** How many {@link listChanges} has in all. */
  @InjectManager()
  async countChanges(account: reads.AccountOfStore, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await reads.countAccountChanges(managerOf(sharedContext), account)
  }

  /** See {@link statement}. */
  @InjectManager()
  async statement(input: StatementInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await statement(managerOf(sharedContext), input)
  }

  /** See {@link groups.listGroups}. */
  @InjectManager()
  async listGroups(
    filters: groups.GroupFilters,
    page: OffsetPage = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await groups.listGroups(managerOf(sharedContext), filters, page)
  }

  /** How many {@link listGroups} has in all. */
  @InjectManager()
  async countGroups(filters: groups.GroupFilters, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await groups.countGroups(managerOf(sharedContext), filters)
  }

  /** See {@link groups.retrieveGroup}. */
  @InjectManager()
  async retrieveGroup(group: groups.GroupOfStore, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await groups.retrieveGroup(managerOf(sharedContext), group)
  }

  /** See {@link groups.listGroupChanges}. */
  @InjectManager()
  async listGroupChanges(
    group: groups.GroupOfStore,
    page: OffsetPage = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await groups.listGroupChanges(managerOf(sharedContext), group, page)
  }

  /** How many {@link listGroupChanges} has in all. */
  @InjectManager()
  async countGroupChanges(
    { group_id }: groups.GroupOfStore,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await countChanges(managerOf(sharedContext), { group_id })
  }

  /** See {@link holds.listHolds}. */
  @InjectManager()
  async listHolds(
    filters: holds.HoldFilters,
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await holds.listHolds(managerOf(sharedContext), filters, page)
  }

  /** See {@link holds.waitingOrdersOf}. */
  @InjectManager()
  async waitingOrders(
    filters: { readonly store_id: string; readonly order_ids: readonly string[] },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await holds.waitingOrdersOf(managerOf(sharedContext), filters)
  }

  /** See {@link holds.accountsWithHolds}. */
  @InjectManager()
  async accountsWithHolds(page: KeyPage, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await holds.accountsWithHolds(managerOf(sharedContext), page)
  }

  /** See {@link holds.accountsToRecheck}. */
  @InjectManager()
  async accountsToRecheck(
    account: reads.AccountOfStore,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await holds.accountsToRecheck(managerOf(sharedContext), account)
  }

  /** See {@link decisions.decisionsOfOrder}. */
  @InjectManager()
  async decisionsOfOrder(
    order: { readonly store_id: string; readonly order_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ) {
    return await decisions.decisionsOfOrder(managerOf(sharedContext), order)
  }

  /** The ledger by itself, and holds against it; see {@link reconcile} and {@link reconcileHolds}. */
  @InjectManager()
  async reconcile(store_id: string, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    const manager = managerOf(sharedContext)
    return { ...(await reconcile(manager, store_id)), holds: await reconcileHolds(manager, store_id) }
  }
}
