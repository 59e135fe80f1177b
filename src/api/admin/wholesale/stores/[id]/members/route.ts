import { WHOLESALE_STORE } from "../../../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../../../modules/wholesale-store/service"
import { addMember, listMembers } from "../../../../../../schemas/stores"
import { storeOfPath } from "../../../../../route-kit/acting-store"
import { platformRead, platformWrite } from "../../../../../route-kit/admin-route"
import { listConfig, page } from "../../../../../route-kit/list-options"
import { created, ok } from "../../../../../route-kit/route-answer"
import { assertActorExists } from "../../../../../route-kit/member-actor"

export const GET = platformRead({
  query: listMembers,
  handler: async ({ container, params, query, ...session }) => {
    const { id } = await storeOfPath(container, session, params.id)
    const [rows, count] = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .listAndCountWholesaleMembers({ store_id: id }, listConfig(query, ["created_at", "id"]))
    return ok(page("members", rows, count, query))
  },
})

export const POST = platformWrite({
  body: addMember,
  handler: async ({ container, params, body, ...session }) => {
    const { id } = await storeOfPath(container, session, params.id)
    await assertActorExists(container, body)
    const member = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .addMember({ store_id: id, ...body })
    return created({ member })
  },
})
