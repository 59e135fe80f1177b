import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"

export interface RecordedFlag {
  readonly flag: string
  /** null for the platform's own setting */
  readonly store_id: string | null
  readonly enabled: boolean
}

/**
 * Records a flag's setting and its audit row in one transaction. The value that is recorded already
 * is no change and leaves no audit row. Two at once take turns on the setting's row.
 *
 * @returns whether anything changed
 */
export async function recordFlag(
  manager: EntityManager,
  { flag, store_id, enabled }: RecordedFlag,
  actor: Actor
): Promise<boolean> {
  const target =
    store_id === null
      ? "(flag) where store_id is null and deleted_at is null"
      : "(flag, store_id) where store_id is not null and deleted_at is null"
  const [written] = await manager.execute<{ inserted: boolean }[]>(
    `insert into wholesale_feature_flag as recorded (id, flag, store_id, enabled) values (?, ?, ?, ?)
     on conflict ${target} do update set enabled = excluded.enabled, updated_at = now()
       where recorded.enabled is distinct from excluded.enabled
     returning (xmax = 0) as inserted`,
    [generateEntityId(undefined, "whflag"), flag, store_id, enabled]
  )
  if (!written) {
    return false
  }
  await manager.execute(
    `insert into wholesale_flag_change (id, flag, store_id, "from", "to", actor_type, actor_id, at)
     values (?, ?, ?, ?, ?, ?, ?, clock_timestamp())`,
    [
      generateEntityId(undefined, "whflagc"),
      flag,
      store_id,
      written.inserted ? null : !enabled,
      enabled,
      actor.actor_type,
      actor.actor_id,
    ]
  )
  return true
}

/** What is recorded for the platform and for the store. */
export async function recordedFlags(manager: EntityManager, storeId: string): Promise<RecordedFlag[]> {
  return await manager.execute<RecordedFlag[]>(
    `select flag, store_id, enabled from wholesale_feature_flag
     where (store_id is null or store_id = ?) and deleted_at is null`,
    [storeId]
  )
}
