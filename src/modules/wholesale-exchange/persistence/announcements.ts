import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { AnnouncementStatus } from "../domain/announcement"

const LONGEST_ERROR = 2_000

export interface Announcement {
  readonly store_id: string
  readonly connection_id: string
  readonly document_type: string
  readonly document_id: string
  readonly revision: number
  readonly incarnation: number
  /** `contentHash` of the body. */
  readonly content_hash: string
  readonly status: AnnouncementStatus
  /** Why it failed. */
  readonly error?: string
}

/** What was delivered stays delivered, with the content that was. */
export async function record(
  manager: EntityManager,
  announcement: Announcement
): Promise<{ id: string; status: AnnouncementStatus; attempts: number }> {
  const [row] = await manager.execute<
    { id: string; status: AnnouncementStatus; attempts: number }[]
  >(
    `insert into wholesale_announcement as held
       (id, store_id, connection_id, document_type, document_id, revision, incarnation, content_hash,
        status, last_error)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (connection_id, document_type, document_id, revision, incarnation)
       where deleted_at is null
     do update set
       attempts = held.attempts + 1,
       status = case when held.status = 'delivered' then held.status else excluded.status end,
       content_hash = case when held.status = 'delivered' then held.content_hash else excluded.content_hash end,
       last_error = case when held.status = 'delivered' then held.last_error else excluded.last_error end,
       updated_at = now()
     returning id, status, attempts`,
    [
      generateEntityId(undefined, "whann"),
      announcement.store_id,
      announcement.connection_id,
      announcement.document_type,
      announcement.document_id,
      announcement.revision,
      announcement.incarnation,
      announcement.content_hash,
      announcement.status,
      announcement.error?.slice(0, LONGEST_ERROR) ?? null,
    ]
  )
  return row
}
