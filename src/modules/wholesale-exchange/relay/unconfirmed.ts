import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { ChannelRef } from "./upkeep"

/** How long the other side of a pairing may take to say its first word. */
const UNCONFIRMED = "1 day"

/**
 * Open channels over which nothing ever came, a day after they were made: where the partner's process
 * died before it had stored its side, nobody is there.
 */
export async function unconfirmedChannels(
  manager: EntityManager,
  { limit, after = "" }: { limit: number; after?: string }
): Promise<ChannelRef[]> {
  return await manager.execute<ChannelRef[]>(
    `select id, store_id from wholesale_relay_channel
     where status = 'open' and received_sequence = 0 and created_at < clock_timestamp() - interval '${UNCONFIRMED}'
       and deleted_at is null and id > ?
     order by id limit ?`,
    [after, limit]
  )
}
