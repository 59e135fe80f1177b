import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import { lockStore } from "./stores"

/** See `WholesaleStoreModuleService.removeMember`. */
export async function removeMember(
  manager: EntityManager,
  {
    store_id,
    member_id,
    may_leave_none = false,
  }: { store_id: string; member_id: string; may_leave_none?: boolean }
): Promise<void> {
  await lockStore(manager, store_id)
  const members = await manager.execute<{ id: string; actor_type: string }[]>(
    "select id, actor_type from wholesale_member where store_id = ? and deleted_at is null",
    [store_id]
  )
  const member = members.find(({ id }) => id === member_id)
  if (!member) {
    throw notFound("Member", member_id)
  }
  const users = members.filter(({ actor_type }) => actor_type === "user")
  if (!may_leave_none && member.actor_type === "user" && users.length === 1) {
    throw new WholesaleError(
      409,
      "last_member",
      "This is the only user who acts for the store. Add another one first, or let a platform admin remove this one.",
      { store_id, member_id }
    )
  }
  await manager.execute("delete from wholesale_member where id = ?", [member_id])
}
