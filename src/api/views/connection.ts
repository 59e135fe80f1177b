import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { allowedDecisions } from "../../modules/wholesale-connection/domain/partner-document"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import { seenChannelStatus } from "../../modules/wholesale-exchange/domain/channel-status"
import type { VisibleChannel } from "../../modules/wholesale-exchange/relay/upkeep"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { identityFingerprint } from "./fingerprint"
import { ownedRow } from "../../lib/errors/owned-row"

type ConnectionRow = Awaited<
  ReturnType<WholesaleConnectionModuleService["listWholesaleConnections"]>
>[number]

/** Connections for a list, with the state of the channel under each; in one query for all of them. */
export async function connectionViews(container: MedusaContainer, rows: readonly ConnectionRow[]) {
  const ids = rows.filter(({ transport }) => transport === "relay").map(({ id }) => id)
  const channels =
    ids.length === 0
      ? []
      : await container
          .resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
          .listWholesaleRelayChannels({ id: ids }, { select: ["id", "status", "unopened_count", "partner_time"], take: ids.length })
  const known = new Map(channels.map((channel) => [channel.id, channel]))
  return rows.map((row) => {
    const channel = known.get(row.id)
    return {
      ...connectionView(row),
      channel_status: channel ? seenChannelStatus(channel) : null,
      partner_time: channel?.partner_time ?? null,
    }
  })
}

/** A connection as both sides have it: `status` is what holds between them. */
function connectionView({ effective_status, ...connection }: ConnectionRow) {
  return {
    ...connection,
    own_status: connection.status,
    allowed_events: allowedDecisions(connection),
    status: effective_status,
  }
}

export async function connectionDetail(container: MedusaContainer, storeId: string, id: string) {
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const [rows, events] = await Promise.all([
    connections.listWholesaleConnections({ id, store_id: storeId }),
    connections.listWholesaleConnectionEvents(
      { connection_id: id, store_id: storeId },
      { order: { at: "ASC", id: "ASC" } }
    ),
  ])
  const connection = connectionView(ownedRow(rows, "Connection", id))
  const channel =
    connection.transport === "relay" ? channelView(await exchange.retrieveChannel({ id, store_id: storeId })) : null
  const { status = null, partner_time = null } = channel ?? {}
  return { ...connection, events, channel, channel_status: status, partner_time }
}

/** The sealed channel as people may see it: neither keys nor what the relay knows the mailboxes by. */
function channelView(channel: VisibleChannel) {
  const { relay_url, verifier, epoch, epoch_started_at, last_in_at, last_out_at, partner_time } = channel
  const { sent_sequence, acknowledged_sequence, received_sequence, known_sequence } = channel
  const { queued, unsent, oldest_queued_at, desync_reason, desync_at, refused_count, unopened_count, unopened_since } = channel
  const { send_failure, send_failures, send_after } = channel
  const status = seenChannelStatus(channel)
  return {
    status,
    unreadable: status === "unreadable" ? { since: unopened_since, messages: unopened_count } : null,
    relay_url,
    verifier,
    partner_fingerprint: identityFingerprint(channel.partner_identity_key),
    epoch,
    epoch_started_at,
    last_in_at,
    last_out_at,
    partner_time,
    sent_sequence,
    acknowledged_sequence,
    received_sequence,
    missing: Math.max(0, known_sequence - received_sequence),
    queued,
    unsent,
    oldest_queued_at,
    desync_reason,
    desync_at,
    refused_count,
    send_failure,
    send_failures,
    send_after,
  }
}
