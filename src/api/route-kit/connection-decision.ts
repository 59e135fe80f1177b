import { withOptionalReason } from "../../schemas/common"
import { decideConnectionWorkflow } from "../../workflows/connection/decide-connection"
import { adminWrite } from "./admin-route"
import { connectionDetail } from "../views/connection"
import { CONNECTIONS } from "./flag-gate"
import { ok } from "./route-answer"

/** The route of a decision on one's own side of a connection that needs no more than a reason. */
export function connectionDecision(event: "reject" | "suspend" | "resume" | "revoke") {
  return adminWrite({
    flags: CONNECTIONS,
    body: withOptionalReason,
    handler: async ({ container, store, actor, params, body }) => {
      await decideConnectionWorkflow(container).run({
        input: { id: params.id, store_id: store.id, event, actor, reason: body.reason },
      })
      return ok({ connection: await connectionDetail(container, store.id, params.id) })
    },
  })
}
