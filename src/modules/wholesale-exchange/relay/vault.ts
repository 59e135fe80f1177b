import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { createDataKey, unwrapDataKey, type DataKey, type WrappedDataKey } from "../../../lib/crypto/vault/data-key"
import { parseMasterKey, type MasterKey } from "../../../lib/crypto/vault/master-key"
import { openSecret, sealSecret } from "../../../lib/crypto/vault/secret"
import type { SealedField } from "../../../lib/crypto/secret-box"
import type { ExchangeModuleOptions, KeySource } from "../options"

interface DataKeyRow extends WrappedDataKey {
  readonly is_current: boolean
}

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

  async seal(manager: EntityManager, value: string, field: SealedField): Promise<string> {
    return sealSecret(await this.currentKey(manager, field.store_id), value, field)
  }

  /** @throws WholesaleError 500 `secret_unreadable`, `master_key_wrong` or `data_key_unreadable` */
  async open(manager: EntityManager, sealed: string, field: SealedField): Promise<string> {
    const id = sealed.split(".", 2)[1]
    if (!this.opened.has(id)) {
      await this.load(manager, field.store_id)
    }
    return openSecret([...this.opened.values()], sealed, field)
  }

  private async currentKey(manager: EntityManager, storeId: string): Promise<DataKey> {
    const current = await currentKeyId(manager, storeId)
    if (current && !this.opened.has(current)) {
      await this.load(manager, storeId)
    }
    const known = current ? this.opened.get(current) : undefined
    return known ?? (await this.make(manager, storeId))
  }

  /** Two processes that make the first key at once: the one that stands is read. */
  private async make(manager: EntityManager, storeId: string): Promise<DataKey> {
    const [master] = await this.masterKeys()
    await insertDataKey(manager, createDataKey(master, storeId).wrapped)
    await this.load(manager, storeId)
    const current = await currentKeyId(manager, storeId)
    const key = current ? this.opened.get(current) : undefined
    if (!key) {
      throw new Error(`Store ${storeId} has no data key.`)
    }
    return key
  }

  private async load(manager: EntityManager, storeId: string): Promise<void> {
    const masters = await this.masterKeys()
    for (const row of await dataKeysOf(manager, storeId)) {
      if (!this.opened.has(row.id)) {
        this.opened.set(row.id, unwrapDataKey(masters, row))
      }
    }
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

async function currentKeyId(manager: EntityManager, storeId: string): Promise<string | undefined> {
  const [row] = await manager.execute<{ id: string }[]>(
    "select id from wholesale_data_key where store_id = ? and is_current and deleted_at is null",
    [storeId]
  )
  return row?.id
}

async function dataKeysOf(manager: EntityManager, storeId: string): Promise<DataKeyRow[]> {
  return await manager.execute<DataKeyRow[]>(
    `select id, store_id, master_key_id, wrapped, is_current from wholesale_data_key
     where store_id = ? and deleted_at is null`,
    [storeId]
  )
}

async function insertDataKey(
  manager: EntityManager,
  { id, store_id, master_key_id, wrapped }: WrappedDataKey
): Promise<void> {
  await manager.execute(
    `insert into wholesale_data_key (id, store_id, master_key_id, wrapped, is_current)
     values (?, ?, ?, ?, true) on conflict do nothing`,
    [id, store_id, master_key_id, wrapped]
  )
}
