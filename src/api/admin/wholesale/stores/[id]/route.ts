import { WHOLESALE_STORE } from "../../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../../modules/wholesale-store/service"
import { updateStore } from "../../../../../schemas/stores"
import { updateStoreWorkflow } from "../../../../../workflows/store/update-store"
import { storeOfPath } from "../../../../route-kit/acting-store"
import { platformRead, platformWrite } from "../../../../route-kit/admin-route"
import { ok } from "../../../../route-kit/route-answer"

export const GET = platformRead({
  handler: async ({ container, params, ...session }) =>
    ok({ store: await storeOfPath(container, session, params.id) }),
})

export const POST = platformWrite({
  body: updateStore,
  handler: async ({ container, params, body, ...session }) => {
    const { id } = await storeOfPath(container, session, params.id)
    await updateStoreWorkflow(container).run({ input: { id, changes: body, actor: session.actor } })
    const store = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(id)
    return ok({ store })
  },
})
