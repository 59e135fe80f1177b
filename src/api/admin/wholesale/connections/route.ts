import { WHOLESALE_CONNECTION } from "../../../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../../../modules/wholesale-connection/service"
import { listConnections, requestConnection } from "../../../../schemas/connections"
import { requestConnectionWorkflow } from "../../../../workflows/connection/request-connection"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { connectionDetail, connectionViews } from "../../../views/connection"
import { CONNECTIONS } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { requireMode } from "../../../route-kit/store-mode"

export const GET = adminRead({
  flags: CONNECTIONS,
  query: listConnections,
  handler: async ({ container, store, query }) => {
    const { role, status, q } = query
    const [rows, count] = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .listAndCountWholesaleConnections(
        {
          store_id: store.id,
          ...(role && { role }),
          ...(status && { effective_status: status }),
          ...(q && { q }),
        },
        listConfig(query, ["created_at", "updated_at", "partner_name", "requested_at", "id"])
      )
    return ok(page("connections", await connectionViews(container, rows), count, query))
  },
})

/** Enters a partner's code, and asks that partner for a connection. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  body: requestConnection,
  handler: async ({ container, store, actor, body }) => {
    requireMode(store, "buy")
    const { result } = await requestConnectionWorkflow(container).run({
      input: { store_id: store.id, code: body.code, transport: body.transport, actor },
    })
    return created({ connection: await connectionDetail(container, store.id, result.id) })
  },
})
