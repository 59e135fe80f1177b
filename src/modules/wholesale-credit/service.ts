import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import type { OpenCreditAccountInput, SetLimitInput } from "./ledger/accounts"
import { openCreditAccount, setLimit } from "./ledger/accounts"
import type { RecordEntryInput } from "./ledger/entries"
import { recordEntries } from "./ledger/entries"
import type { AccountOfStore, CreditExposure, Page } from "./ledger/reads"
import { exposure, listCreditAccounts, listEntries, listLimitChanges } from "./ledger/reads"
import type { CreditReconciliation } from "./ledger/reconcile"
import { reconcile } from "./ledger/reconcile"
import type { ReserveInput, SettleInput, UnpostInput } from "./ledger/reservations"
import { post, reserve, restore, unpost, voidReservation } from "./ledger/reservations"
import type { CreditAccount, CreditEntry, CreditLimitChange } from "./ledger/rows"
import { transactionOf } from "./ledger/rows"
import { WholesaleCreditAccount } from "./models/credit-account"
import { WholesaleCreditEntry } from "./models/credit-entry"
import { WholesaleCreditLimitChange } from "./models/credit-limit-change"

/**
 * The credit ledger of a store's accounts. Every verb runs in one transaction, its own or the one in
 * `sharedContext`; takes the account's row lock first; and happens once by its key. The contracts
 * stand at the functions under `ledger/`.
 */
class WholesaleCreditModuleService extends MedusaService({
  WholesaleCreditAccount,
  WholesaleCreditEntry,
  WholesaleCreditLimitChange,
}) {
  /** See {@link openCreditAccount}. */
  @InjectTransactionManager()
  async openCreditAccount(
    input: OpenCreditAccountInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditAccount> {
    return await openCreditAccount(transactionOf(sharedContext), input)
  }

  /** See {@link setLimit}. */
  @InjectTransactionManager()
  async setLimit(
    input: SetLimitInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditAccount> {
    return await setLimit(transactionOf(sharedContext), input)
  }

  /** See {@link reserve}. */
  @InjectTransactionManager()
  async reserve(
    input: ReserveInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry> {
    return await reserve(transactionOf(sharedContext), input)
  }

  /** See {@link post}. */
  @InjectTransactionManager()
  async post(
    input: SettleInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry> {
    return await post(transactionOf(sharedContext), input)
  }

  /** See {@link voidReservation}. */
  @InjectTransactionManager()
  async void(
    input: SettleInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry> {
    return await voidReservation(transactionOf(sharedContext), input)
  }

  /** See {@link unpost}. */
  @InjectTransactionManager()
  async unpost(
    input: UnpostInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry> {
    return await unpost(transactionOf(sharedContext), input)
  }

  /** See {@link restore}. */
  @InjectTransactionManager()
  async restore(
    input: SettleInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry> {
    return await restore(transactionOf(sharedContext), input)
  }

  /** Records one entry; see {@link recordEntries}. */
  @InjectTransactionManager()
  async recordEntry(
    input: RecordEntryInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry> {
    const [entry] = await recordEntries(transactionOf(sharedContext), [input])
    return entry
  }

  /** See {@link recordEntries}. */
  @InjectTransactionManager()
  async recordEntries(
    inputs: readonly RecordEntryInput[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditEntry[]> {
    return await recordEntries(transactionOf(sharedContext), inputs)
  }

  /** See {@link exposure}. */
  @InjectTransactionManager()
  async exposure(
    account: AccountOfStore,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditExposure> {
    return await exposure(transactionOf(sharedContext), account)
  }

  /** See {@link listCreditAccounts}. */
  @InjectTransactionManager()
  async listCreditAccounts(
    filters: { readonly store_id: string; readonly account_ids?: readonly string[] },
    page: Page = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ credit_accounts: CreditExposure[]; count: number }> {
    return await listCreditAccounts(transactionOf(sharedContext), filters, page)
  }

  /** See {@link listEntries}. */
  @InjectTransactionManager()
  async listEntries(
    account: AccountOfStore,
    page: Page = {},
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ entries: CreditEntry[]; count: number }> {
    return await listEntries(transactionOf(sharedContext), account, page)
  }

  /** See {@link listLimitChanges}. */
  @InjectTransactionManager()
  async listLimitChanges(
    account: AccountOfStore,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditLimitChange[]> {
    return await listLimitChanges(transactionOf(sharedContext), account)
  }

  /** See {@link reconcile}. */
  @InjectTransactionManager()
  async reconcile(
    store_id: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<CreditReconciliation> {
    return await reconcile(transactionOf(sharedContext), store_id)
  }
}

export default WholesaleCreditModuleService
