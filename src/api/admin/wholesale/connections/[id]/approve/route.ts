import { approveConnection } from "../../../../../../schemas/connections"
import { approveConnectionWorkflow } from "../../../../../../workflows/connection/approve-connection"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { connectionDetail } from "../../../../../views/connection"
import { CONNECTIONS } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"

/** Lets the partner buy, on the given account or on a new one of its own. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  body: approveConnection,
  handler: async ({ container, store, actor, params, body }) => {
    await approveConnectionWorkflow(container).run({
      input: { id: params.id, store_id: store.id, actor, ...body },
    })
    return ok({ connection: await connectionDetail(container, store.id, params.id) })
  },
})
