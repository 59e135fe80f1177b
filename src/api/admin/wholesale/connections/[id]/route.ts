import { adminRead } from "../../../../route-kit/admin-route"
import { connectionDetail } from "../../../../views/connection"
import { CONNECTIONS } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"

export const GET = adminRead({
  flags: CONNECTIONS,
  handler: async ({ container, store, params }) =>
    ok({ connection: await connectionDetail(container, store.id, params.id) }),
})
