import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import type { KeyPage } from "../../lib/sql/key-page"
import { transactionOf } from "../../lib/sql/transaction"
import { claimBooksCheck, latestBooksCheck, recordBooksCheck, storesToCheck, type BooksCheck, type NewBooksCheck } from "./books-checks"
import { StoreDefaults } from "./defaults"
import { markProfileAnnounced, profilesToAnnounce, type ProfileRevision } from "./profiles"

/** What the reconcile job does for every store: profiles to announce, books to compare. */
export class StoreSweeps extends StoreDefaults {
  /** Stores whose newest profile is not on all of their connections yet. */
  @InjectTransactionManager()
  async profilesToAnnounce(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ProfileRevision[]> {
    return await profilesToAnnounce(transactionOf(sharedContext), page)
  }

  /** Remembers that the connections carry this profile; never goes back to an older one. */
  @InjectTransactionManager()
  async markProfileAnnounced(
    profile: ProfileRevision,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await markProfileAnnounced(transactionOf(sharedContext), profile)
  }

  /** Stores whose books nobody has compared since a moment. */
  @InjectTransactionManager()
  async storesToCheck(
    page: KeyPage & { readonly since: Date },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ id: string }[]> {
    return await storesToCheck(transactionOf(sharedContext), page)
  }

  /**
   * Whether the caller is the one to compare a store's books this night: of any number at once one is, and
   * another an hour later where that one did not come to an end.
   */
  @InjectTransactionManager()
  async claimBooksCheck(
    claim: { readonly store_id: string; readonly since: Date; readonly now: Date },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    return await claimBooksCheck(transactionOf(sharedContext), claim)
  }

  /** Keeps what comparing a store's books found; the latest of a day stands. */
  @InjectTransactionManager()
  async recordBooksCheck(
    check: NewBooksCheck,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await recordBooksCheck(transactionOf(sharedContext), check)
  }

  /** What was found last; undefined before the first time. */
  @InjectTransactionManager()
  async latestBooksCheck(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<BooksCheck | undefined> {
    return await latestBooksCheck(transactionOf(sharedContext), storeId)
  }
}
