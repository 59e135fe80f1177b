import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { UNREADABLE_AFTER } from "../domain/channel-status"

/** How a store's channels do, in numbers. */
export interface ChannelSummary {
  readonly open: number
  readonly desync: number
  /** Open, and nothing of what the partner sends opens any more. */
  readonly unreadable: number
  /** Open or unreadable, with messages that the partner sent and that did not arrive. */
  readonly with_missing: number
  /** Messages on their way that a partner has not applied yet, and of them those that no relay has. */
  readonly queued: number
  readonly unsent: number
}

export async function channelSummary(manager: EntityManager, storeId: string): Promise<ChannelSummary> {
  const [[channels], [queue]] = await Promise.all([
    manager.execute<Pick<ChannelSummary, "open" | "desync" | "unreadable" | "with_missing">[]>(
      `select count(*) filter (where status = 'open' and unopened_count < ${UNREADABLE_AFTER})::int as open,
              count(*) filter (where status = 'open' and unopened_count >= ${UNREADABLE_AFTER})::int as unreadable,
              count(*) filter (where status = 'desync')::int as desync,
              count(*) filter (where status = 'open' and known_sequence > received_sequence)::int as with_missing
       from wholesale_relay_channel where store_id = ? and deleted_at is null`,
      [storeId]
    ),
    manager.execute<Pick<ChannelSummary, "queued" | "unsent">[]>(
      `select count(*)::int as queued, count(*) filter (where outgoing.sent_at is null)::int as unsent
       from wholesale_relay_channel as channel
       join wholesale_relay_outgoing as outgoing on outgoing.channel_id = channel.id
         and not outgoing.is_aside and outgoing.deleted_at is null
       where channel.store_id = ? and channel.deleted_at is null`,
      [storeId]
    ),
  ])
  return { ...channels, ...queue }
}
