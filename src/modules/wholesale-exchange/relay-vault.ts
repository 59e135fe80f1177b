import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { KeyPage } from "../../lib/sql/key-page"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { WholesaleAnnouncement } from "./models/announcement"
import { WholesaleDataKey } from "./models/data-key"
import { WholesaleInboxDocument } from "./models/inbox-document"
import { WholesaleRelayChannel } from "./models/relay-channel"
import { WholesaleRelayIdentity } from "./models/relay-identity"
import { WholesaleRelayIncoming } from "./models/relay-incoming"
import { WholesaleRelayOutgoing } from "./models/relay-outgoing"
import { ExchangeModuleOptions, readOptions } from "./options"
import { storesWithKeys } from "./relay/data-keys"
import * as rotation from "./relay/rotation"
import { Vault } from "./relay/vault"

/** The operator's master key, and what is kept under it. */
export abstract class RelayVault extends MedusaService({
  WholesaleAnnouncement,
  WholesaleInboxDocument,
  WholesaleDataKey,
  WholesaleRelayIdentity,
  WholesaleRelayChannel,
  WholesaleRelayOutgoing,
  WholesaleRelayIncoming,
}) {
  protected readonly options_: ExchangeModuleOptions
  protected readonly vault_: Vault

  constructor(_: object, options?: unknown) {
    super(...arguments)
    this.options_ = readOptions(options)
    this.vault_ = new Vault(this.options_)
  }

  /** @throws WholesaleError 500 `master_key_missing`, `master_key_malformed` */
  async requireMasterKey(): Promise<void> {
    await this.vault_.masterKeys()
  }

  /** Why the relay cannot be used here for now; undefined where nothing keeps it. */
  async relayObstacle(): Promise<WholesaleError | undefined> {
    try {
      await this.vault_.masterKeys()
      return undefined
    } catch (error) {
      if (error instanceof WholesaleError) {
        return error
      }
      throw error
    }
  }

  /**
   * Wraps a page of data keys under the current master key, those that the one before it wraps. Broken off
   * anywhere, both master keys open everything, and the next run goes on. One that is wrapped under neither
   * stays as it is, with the error that says so.
   *
   * @throws WholesaleError 500 `master_key_missing`, `master_key_malformed`
   */
  @InjectManager()
  async rewrapDataKeys(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<rotation.Rewrapped> {
    return await rotation.rewrapPage(managerOf(sharedContext), this.vault_, page)
  }

  /** Stores that have secrets, a page at a time. */
  @InjectManager()
  async storesWithSecrets(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ id: string }[]> {
    return await storesWithKeys(managerOf(sharedContext), page)
  }

  /**
   * Makes a new data key, under which the store's secrets are sealed from then on; those that are there
   * follow by `resealSecrets`, and the old key goes by `forgetDataKeys`. Until then none is made again.
   *
   * @returns the current key, and whether it was made now; undefined for a store without secrets
   */
  @InjectTransactionManager()
  async rotateDataKey(
    { store_id }: { store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ data_key_id: string; begun: boolean } | undefined> {
    return await rotation.rotateDataKey(transactionOf(sharedContext), this.vault_, store_id)
  }

  /**
   * Seals a page of a store's secrets under its current data key; what is under it already stays as it is.
   * One that cannot be read stays, too, with the error that says so.
   */
  @InjectTransactionManager()
  async resealSecrets(
    page: KeyPage & { readonly store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<rotation.Resealed> {
    return await rotation.resealPage(transactionOf(sharedContext), this.vault_, page)
  }

  /**
   * Deletes the data keys before the current ones that nothing is under any more, of all stores.
   *
   * @returns how many went, and those that something is still under
   */
  @InjectTransactionManager()
  async forgetDataKeys(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ forgotten: number; left: rotation.OldDataKey[] }> {
    return await rotation.forgetKeys(transactionOf(sharedContext), this.vault_)
  }
}
