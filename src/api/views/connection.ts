import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { allowedDecisions } from "../../modules/wholesale-connection/domain/partner-document"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { ownedRow } from "../../lib/errors/owned-row"

type ConnectionRow = Awaited<
  ReturnType<WholesaleConnectionModuleService["listWholesaleConnections"]>
>[number]

/** A connection as both sides have it: `status` is what holds between them. */
export function connectionView({ effective_status, ...connection }: ConnectionRow) {
  return {
    ...connection,
    own_status: connection.status,
    allowed_events: allowedDecisions(connection),
    status: effective_status,
  }
}

export async function connectionDetail(container: MedusaContainer, storeId: string, id: string) {
  const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
  const [rows, events] = await Promise.all([
    connections.listWholesaleConnections({ id, store_id: storeId }),
    connections.listWholesaleConnectionEvents(
      { connection_id: id, store_id: storeId },
      { order: { at: "ASC", id: "ASC" } }
    ),
  ])
  return { ...connectionView(ownedRow(rows, "Connection", id)), events }
}
