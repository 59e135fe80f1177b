import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { createDataKey, unwrapDataKey, type DataKey } from "../../../lib/crypto/vault/data-key"
import { parseMasterKey, type MasterKey } from "../../../lib/crypto/vault/master-key"
import { openSecret, sealedUnder, sealSecret } from "../../../lib/crypto/vault/secret"
import type { SealedField } from "../../../lib/crypto/secret-box"
import type { ExchangeModuleOptions, KeySource } from "../options"
import { currentKeyId, dataKeysOf, insertDataKey } from "./data-keys"

/**
 * Seals and opens a store's secrets under its data key, which is made at first use. Data keys that were
 * unwrapped stay in the memory of the process.
 */
export class Vault {
  private masters?: Promise<MasterKey[]>
  private readonly opened = new Map<string, DataKey>()

  constructor(private readonly options: Pick<ExchangeModuleOptions, "masterKey" | "previousMasterKey">) {}

  /**
   * The operator's master key, and while it is being replaced the one before it.
   *
   * @throws WholesaleError 500 `master_key_missing` or `master_key_malformed`
   */
  async masterKeys(): Promise<MasterKey[]> {
    this.masters ??= readMasterKeys(this.options)
    try {
      return await this.masters
    } catch (error) {
      // A key service that was away is asked again.
      this.masters = undefined
      throw error
    }
  }

  /**
   * Seals a value under the store's current data key, in a transaction: until it ends the key stays the
   * current one, so that nobody who rotates it overlooks what was sealed under it.
   */
  async seal(manager: EntityManager, value: string, field: SealedField): Promise<string> {
    return sealSecret(await this.currentKey(manager, field.store_id), value, field)
  }

  /** @throws WholesaleError 500 `secret_unreadable`, `master_key_wrong` or `data_key_unreadable` */
  async open(manager: EntityManager, sealed: string, field: SealedField): Promise<string> {
    const id = sealedUnder(sealed)
    if (id !== undefined && !this.opened.has(id)) {
      await this.load(manager, field.store_id, id)
    }
    return openSecret([...this.opened.values()], sealed, field)
  }

  /** Keys that were deleted are not kept here either; other processes keep them until they end. */
  forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.opened.get(id)?.key.fill(0)
      this.opened.delete(id)
    }
  }

  private async currentKey(manager: EntityManager, storeId: string): Promise<DataKey> {
    const current = await currentKeyId(manager, storeId)
    return current === undefined ? await this.make(manager, storeId) : await this.keyOf(manager, storeId, current)
  }

  /** Two processes that make the first key at once: the one that stands is read. */
  private async make(manager: EntityManager, storeId: string): Promise<DataKey> {
    const [master] = await this.masterKeys()
    await insertDataKey(manager, createDataKey(master, storeId).wrapped)
    const current = await currentKeyId(manager, storeId)
    return await this.keyOf(manager, storeId, current)
  }

  private async keyOf(manager: EntityManager, storeId: string, id: string | undefined): Promise<DataKey> {
    const known = id && (this.opened.get(id) ?? (await this.load(manager, storeId, id)))
    if (!known) {
      throw new Error(`Store ${storeId} has no data key.`)
    }
    return known
  }

  private async load(manager: EntityManager, storeId: string, id: string): Promise<DataKey | undefined> {
    const masters = await this.masterKeys()
    const row = (await dataKeysOf(manager, storeId)).find((it) => it.id === id)
    if (row) {
      this.opened.set(id, unwrapDataKey(masters, row))
    }
    return this.opened.get(id)
  }
}

async function readMasterKeys({
  masterKey,
  previousMasterKey,
}: Pick<ExchangeModuleOptions, "masterKey" | "previousMasterKey">): Promise<MasterKey[]> {
  const current = parseMasterKey(await given(masterKey ?? process.env.WHOLESALE_MASTER_KEY))
  const previous = await given(previousMasterKey ?? process.env.WHOLESALE_PREVIOUS_MASTER_KEY)
  return previous ? [current, parseMasterKey(previous)] : [current]
}

const given = async (source: KeySource | undefined): Promise<string | undefined> =>
  typeof source === "function" ? await source() : source
