import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { transactionOf } from "../../lib/sql/transaction"
import { CreditReads } from "./credit-reads"
import * as groups from "./groups/groups"
import type { AmendInput } from "./holds/amend"
import { amendReservation } from "./holds/amend"
import type { DecideInput } from "./holds/decide"
import { decide } from "./holds/decide"
import * as manual from "./holds/manual"
import * as notices from "./holds/notices"
import * as orderCredit from "./holds/order-credit"
import type { RecheckInput } from "./holds/recheck"
import { recheck } from "./holds/recheck"
import type { ReserveInput } from "./holds/request"
import { reserve } from "./holds/request"
import * as corrections from "./ledger/corrections"
import type { RecordEntryInput } from "./ledger/entries"
import { recordEntries } from "./ledger/entries"
import type { SettleInput, UnpostInput } from "./ledger/reservations"
import { restore, unpost } from "./ledger/reservations"
import type { CreditEntry } from "./ledger/rows"
import type { OpenCreditAccountInput } from "./settings/open-account"
import { openCreditAccount } from "./settings/open-account"
import * as settings from "./settings/update-settings"

/**
 * The credit of a store's accounts: how far it goes, the ledger of what they owe, and the orders that wait
 * for it. Every verb runs in one transaction, its own or the one in `sharedContext`; an error undoes all of
 * it. Locks are taken in one order: group, then accounts by their ids; the rows of holds, entries and
 * decisions are written under them. Verbs with a `key` happen once by it. The contracts stand at the
 * functions under `ledger/`, `holds/`, `groups/` and `settings/`.
 */
class WholesaleCreditModuleService extends CreditReads {
  /** See {@link openCreditAccount}. */
  @InjectTransactionManager()
  async openCreditAccount(input: OpenCreditAccountInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await openCreditAccount(transactionOf(sharedContext), input)
  }

  /** See {@link settings.updateSettings}. */
  @InjectTransactionManager()
  async updateSettings(input: settings.UpdateSettingsInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await settings.updateSettings(transactionOf(sharedContext), input)
  }

  /** See {@link settings.setLimit}. */
  @InjectTransactionManager()
  async setLimit(input: settings.SetLimitInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await settings.setLimit(transactionOf(sharedContext), input)
  }

  /** See {@link groups.createGroup}. */
  @InjectTransactionManager()
  async createGroup(input: groups.CreateGroupInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await groups.createGroup(transactionOf(sharedContext), input)
  }

  /** See {@link groups.updateGroup}. */
  @InjectTransactionManager()
  async updateGroup(input: groups.UpdateGroupInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await groups.updateGroup(transactionOf(sharedContext), input)
  }

  /** See {@link groups.assignToGroup}. */
  @InjectTransactionManager()
  async assignToGroup(input: groups.AssignToGroupInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await groups.assignToGroup(transactionOf(sharedContext), input)
  }

  /** See {@link reserve}. */
  @InjectTransactionManager()
  async reserve(input: ReserveInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await reserve(transactionOf(sharedContext), input)
  }

  /** See {@link amendReservation}. */
  @InjectTransactionManager()
  async amend(input: AmendInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await amendReservation(transactionOf(sharedContext), input)
  }

  /** See {@link orderCredit.postOrderCredit}. */
  @InjectTransactionManager()
  async post(input: SettleInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await orderCredit.postOrderCredit(transactionOf(sharedContext), input)
  }

  /** See {@link orderCredit.voidOrderCredit}. */
  @InjectTransactionManager()
  async void(input: SettleInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await orderCredit.voidOrderCredit(transactionOf(sharedContext), input)
  }

  /** See {@link unpost}. */
  @InjectTransactionManager()
  async unpost(input: UnpostInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await unpost(transactionOf(sharedContext), input)
  }

  /** See {@link restore}. */
  @InjectTransactionManager()
  async restore(input: SettleInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await restore(transactionOf(sharedContext), input)
  }

  /** See {@link decide}. */
  @InjectTransactionManager()
  async decide(input: DecideInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await decide(transactionOf(sharedContext), input)
  }

  /** See {@link recheck}. */
  @InjectTransactionManager()
  async recheck(input: RecheckInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await recheck(transactionOf(sharedContext), input)
  }

  /** See {@link manual.placeHold}. */
  @InjectTransactionManager()
  async placeHold(input: manual.PlaceHoldInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await manual.placeHold(transactionOf(sharedContext), input)
  }

  /** See {@link manual.liftHold}. */
  @InjectTransactionManager()
  async liftHold(input: manual.LiftHoldInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await manual.liftHold(transactionOf(sharedContext), input)
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
  async recordEntries(inputs: readonly RecordEntryInput[], @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await recordEntries(transactionOf(sharedContext), inputs)
  }

  /** See {@link corrections.adjust}. */
  @InjectTransactionManager()
  async adjust(input: corrections.CorrectionInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await corrections.adjust(transactionOf(sharedContext), input)
  }

  /** See {@link corrections.writeOff}. */
  @InjectTransactionManager()
  async writeOff(input: corrections.CorrectionInput, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await corrections.writeOff(transactionOf(sharedContext), input)
  }

  /** See {@link notices.takeNotices}. */
  @InjectTransactionManager()
  async takeNotices(input: notices.TakeNoticesInput = {}, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await notices.takeNotices(transactionOf(sharedContext), input)
  }

  /** See {@link notices.settleNotice}. */
  @InjectTransactionManager()
  async settleNotice(notice: { readonly id: string; readonly store_id: string }, @MedusaContext() sharedContext: Context<EntityManager> = {}) {
    return await notices.settleNotice(transactionOf(sharedContext), notice)
  }
}

export default WholesaleCreditModuleService
