import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { readRelayUrl } from "./relay-client/relay-url"
import { RelayVault } from "./relay-vault"
import * as identities from "./relay/identity"
import { replaceLostKeys, storesWithLostKeys } from "./relay/lost-keys"

/** Who the backend's stores are towards partners elsewhere, and the relays that they reach them by. */
export abstract class RelayIdentities extends RelayVault {
  /** By public key: a row that was taken back, or another that took its place, is another's. */
  private readonly keys_ = new Map<string, identities.RelayKeys>()

  /**
   * Sets the relay by which the store reaches partners on other platforms. The first time it makes the
   * store's keys, under the master key; connections that stand keep the relay they were paired over.
   *
   * @throws WholesaleError 400 `relay_url_refused`
   * @throws WholesaleError 500 `master_key_missing`
   */
  @InjectTransactionManager()
  async setRelay(
    { store_id, relay_url }: { store_id: string; relay_url: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<identities.RelayIdentityRow> {
    await this.vault_.masterKeys()
    return await identities.setRelay(transactionOf(sharedContext), this.vault_, {
      store_id,
      relay_url: readRelayUrl(relay_url, { privateAddresses: this.options_.relayPrivateAddresses }),
    })
  }

  /** The store's relay and public keys; undefined where it has none. */
  @InjectManager()
  async relayOf(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<identities.RelayIdentityRow | undefined> {
    return await identities.findIdentity(managerOf(sharedContext), storeId)
  }

  /**
   * The store's keys, from the vault the first time.
   *
   * @throws WholesaleError 409 `relay_not_set`
   * @throws WholesaleError 500 `master_key_missing` or `master_key_wrong`
   */
  @InjectManager()
  async relayKeys(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<identities.RelayKeys & { readonly relay_url: string }> {
    const manager = managerOf(sharedContext)
    const identity = await identities.requireIdentity(manager, storeId)
    const known = this.keys_.get(identity.identity_public_key)
    const keys = known ?? (await identities.openKeys(manager, this.vault_, identity))
    this.keys_.set(identity.identity_public_key, keys)
    return { ...keys, relay_url: identity.relay_url }
  }

  /** Stores whose keys no master key at hand opens. @throws WholesaleError 500 `master_key_missing` */
  @InjectManager()
  async storesWithLostKeys(@MedusaContext() sharedContext: Context<EntityManager> = {}): Promise<string[]> {
    return await storesWithLostKeys(managerOf(sharedContext), this.vault_)
  }

  /**
   * Gives a store whose keys nobody can open any more others: its channels are out of step for good, and it
   * pairs again with each partner, as a store that they do not know.
   *
   * @returns how many channels are out of step by it; undefined for a store whose keys can be opened
   */
  @InjectTransactionManager()
  async replaceLostKeys(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<number | undefined> {
    return await replaceLostKeys(transactionOf(sharedContext), this.vault_, storeId)
  }

  /** Every relay that a store is to be reached by now: its own, and those of the connections that stand. */
  @InjectManager()
  async relaysToPoll(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ store_id: string; relay_url: string }[]> {
    return await identities.relaysToPoll(managerOf(sharedContext))
  }

  /** Remembers that the relay answered, or why it did not. */
  @InjectManager()
  async noteRelay(
    note: { store_id: string; failure: string | null },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await identities.noteRelay(managerOf(sharedContext), note)
  }
}
