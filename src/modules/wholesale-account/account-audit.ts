import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import { loggedChanges, logChanges, type LoggedChange } from "../../lib/audit/change-log"
import { settingChanges } from "../../lib/audit/setting-changes"
import { managerOf } from "../../lib/sql/transaction"
import type { AccountOfStore } from "./accounts"
import { WholesaleAccount } from "./models/account"
import { WholesaleAccountChange } from "./models/account-change"
import { WholesaleAccountLocation } from "./models/account-location"
import { WholesaleEmployee } from "./models/employee"
import { WholesaleTaxExemption } from "./models/tax-exemption"

const LOG = { table: "wholesale_account_change", prefix: "whaccchg" }

/** Notes who changes which members of an account, in the transaction that changes them. */
export async function auditAccount(
  manager: EntityManager,
  { store_id, account_id, actor }: AccountOfStore & { readonly actor: Actor },
  standing: object,
  changes: object
): Promise<void> {
  await logChanges(manager, LOG, { store_id, account_id, actor }, settingChanges(standing, changes))
}

/** All tables of the module, and the audit of its accounts. */
export class AccountAudit extends MedusaService({
  WholesaleAccount,
  WholesaleAccountChange,
  WholesaleAccountLocation,
  WholesaleEmployee,
  WholesaleTaxExemption,
}) {
  /** A page of who changed what of an account, newest first. */
  @InjectManager()
  async accountChanges(
    { store_id, account_id, limit, offset }: AccountOfStore & { readonly limit?: number; readonly offset?: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<LoggedChange[]> {
    return await loggedChanges(managerOf(sharedContext), LOG, { store_id, account_id }, [], { limit, offset })
  }
}
