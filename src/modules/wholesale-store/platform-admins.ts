import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { normalizeEmail } from "./domain/platform-admin-emails"

export interface NewPlatformAdmin {
  user_id: string
  /** By which the user was found. */
  email: string
  /** `option`, or the id of who granted it. */
  granted_by: string
}

/**
 * Records a platform admin; recording the same user under the same e-mail again is no change. The
 * same user may be recorded under several e-mails, which uses up each of them.
 *
 * @returns the id of the row that stands
 * @throws WholesaleError 409 `platform_admin_email_taken` where the e-mail made another user an admin
 * before, also one whose row is deleted
 */
export async function recordPlatformAdmin(
  manager: EntityManager,
  { user_id, email, granted_by }: NewPlatformAdmin
): Promise<string> {
  const normalized = normalizeEmail(email)
  await manager.execute(
    `insert into wholesale_platform_admin (id, user_id, email, granted_by)
     values (?, ?, ?, ?) on conflict (email) do nothing`,
    [generateEntityId(undefined, "whpadm"), user_id, normalized, granted_by]
  )
  const [standing] = await manager.execute<{ id: string; user_id: string; deleted: boolean }[]>(
    `select id, user_id, deleted_at is not null as deleted from wholesale_platform_admin where email = ?`,
    [normalized]
  )
  if (standing.user_id !== user_id || standing.deleted) {
    throw new WholesaleError(
      409,
      "platform_admin_email_taken",
      `${normalized} made a platform admin once and makes no other: grant it by another e-mail of the user.`,
      { email: normalized, user_id }
    )
  }
  return standing.id
}

/** Which of the e-mails made an admin already; deleted rows count. */
export async function resolvedEmails(
  manager: EntityManager,
  emails: readonly string[]
): Promise<string[]> {
  const rows = await manager.execute<{ email: string }[]>(
    `select email from wholesale_platform_admin
     where email in (select json_array_elements_text(?::json))`,
    [JSON.stringify(emails.map(normalizeEmail))]
  )
  return rows.map(({ email }) => email)
}
