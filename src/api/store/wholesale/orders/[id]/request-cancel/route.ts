import { withReason } from "../../../../../../schemas/common"
import { requestCancelWorkflow } from "../../../../../../workflows/order/request-cancel"
import { ok } from "../../../../../route-kit/route-answer"
import { storeWrite } from "../../../../../route-kit/store-route"
import { portalOrderDetail } from "../../../../../views/portal"

/** Asks the store to cancel; the store decides. */
export const POST = storeWrite({
  body: withReason,
  handler: async ({ container, store, account, actor, params, body }) => {
    const { id } = await portalOrderDetail(container, account, params.id)
    await requestCancelWorkflow(container).run({
      input: { id, store_id: store.id, reason: body.reason, actor },
    })
    return ok({ order: await portalOrderDetail(container, account, id) })
  },
})
