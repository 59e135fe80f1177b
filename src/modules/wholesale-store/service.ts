import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context, InferTypeOf } from "@medusajs/framework/types"
import { generateEntityId, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { SYSTEM_ACTOR, type Actor } from "../../lib/actor/actor"
import { overrideCurrencyDigits } from "../../lib/money/currency-digits"
import { transactionOf } from "../../lib/sql/transaction"
import { EffectiveFlags, effectiveFlags, FlagLevel, flagOwner, platformAdminRequired } from "./domain/feature-flags"
import { changeDefaults } from "./defaults"
import { unresolvedEmails } from "./domain/platform-admin-emails"
import { assertInvoiceSeries } from "./domain/invoice-series"
import { changesProfile } from "./domain/store-profile"
import { NewStore, newStoreRow, storeChanges, StoreSettings } from "./domain/store-settings"
import { recordedFlags, recordFlag } from "./flags"
import { removeMember } from "./members"
import type { WholesaleFlagChange } from "./models/flag-change"
import type { WholesaleMember } from "./models/member"
import type { WholesalePlatformAdmin } from "./models/platform-admin"
import type { WholesaleStore } from "./models/store"
import { readOptions, StoreOptions } from "./options"
import { NewPlatformAdmin, recordPlatformAdmin, resolvedEmails } from "./platform-admins"
import { StoreSweeps } from "./store-sweeps"
import {
  assertSalesChannelFree,
  claimStockLocations,
  insertStore,
  lockStore,
  lockStoresAndFindOldest,
  storeIdsOf,
} from "./stores"

export type Store = InferTypeOf<typeof WholesaleStore>
export type Member = InferTypeOf<typeof WholesaleMember>
export type PlatformAdmin = InferTypeOf<typeof WholesalePlatformAdmin>
export type FlagChange = InferTypeOf<typeof WholesaleFlagChange>

export interface NewMember {
  store_id: string
  actor_type: "user" | "api-key"
  actor_id: string
}

/** Stores, who acts for them, platform admins, and feature flags with their audit. */
class WholesaleStoreModuleService extends StoreSweeps {
  private readonly options_: StoreOptions

  constructor(container: Record<string, unknown>, options?: unknown) {
    super(container, options)
    this.options_ = readOptions(options)
    overrideCurrencyDigits(this.options_.currencyDigits)
  }

  /**
   * Makes a store. With the `id` of one that is there, that one is returned as it is.
   *
   * @throws WholesaleError 400 `invalid_store` or `invalid_number_pattern`, 409 `sales_channel_taken`,
   * `stock_location_taken`
   */
  @InjectTransactionManager()
  async createStore(
    store: NewStore,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Store> {
    const row = newStoreRow(store.id ?? generateEntityId(undefined, "whstore"), store)
    const manager = transactionOf(sharedContext)
    await claimStockLocations(manager, row.id, row.stock_location_ids)
    await insertStore(manager, row)
    return await this.retrieveWholesaleStore(row.id, {}, sharedContext)
  }

  /**
   * Changes what was given and leaves the rest; a store's currency never changes. Where partners see
   * another profile afterwards, its revision is raised in the same statement. Changed defaults are audited.
   *
   * @throws WholesaleError 404 `not_found`, and as `createStore` does
   */
  @InjectTransactionManager()
  async updateStore(
    id: string,
    changes: Partial<StoreSettings>,
    actor: Actor = SYSTEM_ACTOR,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Store> {
    const row = storeChanges(changes)
    const manager = transactionOf(sharedContext)
    await claimStockLocations(manager, id, changes.stock_location_ids ?? [])
    const standing = await lockStore(manager, id)
    assertInvoiceSeries({
      invoice_number_pattern: changes.invoice_number_pattern ?? standing.invoice_number_pattern,
      invoice_series: changes.invoice_series ?? standing.invoice_series,
    })
    if (changes.sales_channel_id) {
      await assertSalesChannelFree(manager, id, changes.sales_channel_id)
    }
    const profile_revision = standing.profile_revision + (changesProfile(standing, changes) ? 1 : 0)
    const defaults = await changeDefaults(manager, { ...standing, id }, changes, actor)
    return await this.updateWholesaleStores({ ...row, ...defaults, id, profile_revision }, sharedContext)
  }

  /**
   * The oldest store; made from the input where there is none. Two at once, also in two processes,
   * make one.
   */
  @InjectTransactionManager()
  async ensureDefaultStore(
    store: NewStore,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Store> {
    const [existing] = await this.listWholesaleStores(
      {},
      { take: 1, order: { created_at: "ASC", id: "ASC" } },
      sharedContext
    )
    if (existing) {
      return existing
    }
    const oldest = await lockStoresAndFindOldest(transactionOf(sharedContext))
    return oldest === undefined
      ? await this.createStore(store, sharedContext)
      : await this.retrieveWholesaleStore(oldest, {}, sharedContext)
  }

  /**
   * The stores an actor acts for, by name. With exactly one store and no user among the members every
   * *user* acts for it; an api key acts only where it is a member, and other actors for no store.
   */
  @InjectTransactionManager()
  async storesOf(
    actor: Actor,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Store[]> {
    if (actor.actor_type !== "user" && actor.actor_type !== "api-key") {
      return []
    }
    const ids = await storeIdsOf(transactionOf(sharedContext), actor)
    return ids.length === 0
      ? []
      : await this.listWholesaleStores({ id: ids }, { order: { name: "ASC", id: "ASC" } }, sharedContext)
  }

  /**
   * Lets a user or an api key act for a store; one that does already is returned as it is. The first
   * user that becomes a member ends the rule that every user acts for the only store.
   *
   * @throws WholesaleError 404 `not_found` for a store that is not there
   */
  @InjectTransactionManager()
  async addMember(
    { store_id, actor_type, actor_id }: NewMember,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Member> {
    const manager = transactionOf(sharedContext)
    await lockStore(manager, store_id)
    await manager.execute(
      `insert into wholesale_member (id, store_id, actor_type, actor_id) values (?, ?, ?, ?)
       on conflict do nothing`,
      [generateEntityId(undefined, "whmem"), store_id, actor_type, actor_id]
    )
    const [member] = await this.listWholesaleMembers({ store_id, actor_type, actor_id }, {}, sharedContext)
    return member
  }

  /**
   * Ends an actor's acting for the store. The last user among several stores' members stays unless
   * `may_leave_none` says so: nobody could act for the store any more.
   *
   * @throws WholesaleError 404 `not_found` for a member of no store or of another one; 409 `last_member`
   */
  @InjectTransactionManager()
  async removeMember(
    input: { store_id: string; member_id: string; may_leave_none?: boolean },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await removeMember(transactionOf(sharedContext), input)
  }

  /** Whether this user was recorded as a platform admin; what its e-mail is does not matter. */
  @InjectTransactionManager()
  async isPlatformAdmin(
    userId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    const [found] = await this.listWholesalePlatformAdmins(
      { user_id: userId },
      { take: 1, select: ["id"] },
      sharedContext
    )
    return found !== undefined
  }

  /**
   * The e-mails of the option `platformAdmins` that never made an admin. One that did is never given
   * again, whatever became of the user or of the admin's row.
   */
  @InjectTransactionManager()
  async platformAdminEmailsToResolve(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<string[]> {
    const listed = this.options_.platformAdmins
    if (listed.length === 0) {
      return []
    }
    return unresolvedEmails(listed, await resolvedEmails(transactionOf(sharedContext), listed))
  }

  /**
   * Makes a user a platform admin, by its id and for good. Repeating it changes nothing.
   *
   * @throws WholesaleError 409 `platform_admin_email_taken` where the e-mail made another user one
   */
  @InjectTransactionManager()
  async recordPlatformAdmin(
    admin: NewPlatformAdmin,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<PlatformAdmin> {
    const id = await recordPlatformAdmin(transactionOf(sharedContext), admin)
    return await this.retrieveWholesalePlatformAdmin(id, {}, sharedContext)
  }

  /** What every flag is for the store, by one query. */
  @InjectTransactionManager()
  async effectiveFlags(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<EffectiveFlags> {
    const recorded = await recordedFlags(transactionOf(sharedContext), storeId)
    return effectiveFlags(storeId, recorded, this.options_.defaultFlags)
  }

  /**
   * Sets a flag: of the platform level for all stores, of the store level for the store named. Each
   * change is audited; the value that stands already is no change.
   *
   * @throws WholesaleError 404 `not_found` for an unknown flag or store, 400 `store_required`
   * @throws WholesaleError 403 `platform_admin_required` for a flag of the platform level unless the
   * actor is a platform admin or the system
   */
  @InjectTransactionManager()
  async setFlag(
    { flag, store_id, enabled, actor }: { flag: string; store_id?: string; enabled: boolean; actor: Actor },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ flag: string; level: FlagLevel; enabled: boolean; changed: boolean }> {
    const manager = transactionOf(sharedContext)
    const owner = flagOwner(flag, store_id)
    if (owner !== null) {
      await lockStore(manager, owner)
    } else if (
      actor.actor_type !== "system" &&
      !(actor.actor_type === "user" && (await this.isPlatformAdmin(actor.actor_id, sharedContext)))
    ) {
      throw platformAdminRequired(flag)
    }
    const changed = await recordFlag(manager, { flag, store_id: owner, enabled }, actor)
    return { flag, level: owner === null ? "platform" : "store", enabled, changed }
  }

  /** Changes of the platform's flags and of the store's own, newest first, and how many there are. */
  @InjectTransactionManager()
  async listFlagChanges(
    { store_id, flag, limit = 50, offset = 0 }: { store_id: string; flag?: string; limit?: number; offset?: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<[FlagChange[], number]> {
    return await this.listAndCountWholesaleFlagChanges(
      { $or: [{ store_id: null }, { store_id }], ...(flag === undefined ? {} : { flag }) },
      { take: limit, skip: offset, order: { at: "DESC", id: "DESC" } },
      sharedContext
    )
  }
}

export default WholesaleStoreModuleService
