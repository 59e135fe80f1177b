import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_STORE } from "../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../modules/wholesale-store/service"
import { createStore, listStores } from "../../../../schemas/stores"
import { assertCoreRows } from "../../../../workflows/store/assert-core-rows"
import { platformRead, platformWrite } from "../../../route-kit/admin-route"
import { listConfig, page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"

/** The stores one acts for; all of them for a platform admin. */
export const GET = platformRead({
  query: listStores,
  handler: async ({ container, is_platform_admin, stores, query }) => {
    const service = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    const [rows, count] = await service.listAndCountWholesaleStores(
      {
        ...(is_platform_admin ? {} : { id: stores.map(({ id }) => id) }),
        ...(query.q && { q: query.q }),
      },
      listConfig(query, ["created_at", "name", "id"])
    )
    return ok(page("stores", rows, count, query))
  },
})

export const POST = platformWrite({
  body: createStore,
  handler: async ({ container, is_platform_admin, body, request_key }) => {
    if (!is_platform_admin) {
      throw new WholesaleError(
        403,
        "platform_admin_required",
        "Only a platform admin adds a store to this backend."
      )
    }
    await assertCoreRows(container, body)
    const store = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .createStore({ ...body, ...(request_key && { id: derivedId("whstore", request_key) }) })
    return created({ store })
  },
})
