import { WHOLESALE_STORE } from "../../../../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../../../../modules/wholesale-store/service"
import { storeOfPath } from "../../../../../../route-kit/acting-store"
import { platformWrite } from "../../../../../../route-kit/admin-route"
import { ok } from "../../../../../../route-kit/route-answer"

export const DELETE = platformWrite({
  handler: async ({ container, params, ...session }) => {
    const { id } = await storeOfPath(container, session, params.id)
    await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .removeMember({
        store_id: id,
        member_id: params.member_id,
        may_leave_none: session.is_platform_admin,
      })
    return ok({ id: params.member_id, object: "member", deleted: true })
  },
})
