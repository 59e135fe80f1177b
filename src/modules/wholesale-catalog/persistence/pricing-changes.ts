import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { loggedChanges, logChanges, type LoggedChange } from "../../../lib/audit/change-log"
import { settingChanges } from "../../../lib/audit/setting-changes"

const LOG = { table: "wholesale_pricing_change", prefix: "whprchg" }

interface Subject {
  readonly store_id: string
  readonly id: string
}

/**
 * Notes every setting that differs.
 *
 * @returns whether anything does
 */
export async function notePricingChanges(
  manager: EntityManager,
  { store_id, id, actor }: Subject & { readonly actor: Actor },
  before: object,
  after: object
): Promise<boolean> {
  const changes = settingChanges(before, after)
  await logChanges(manager, LOG, { store_id, subject_id: id, actor }, changes)
  return changes.length > 0
}

/** Of a price tier or a charge rule, newest first. */
export async function pricingChangesOf(manager: EntityManager, { store_id, id }: Subject): Promise<LoggedChange[]> {
  return await loggedChanges(manager, LOG, { store_id, subject_id: id })
}
