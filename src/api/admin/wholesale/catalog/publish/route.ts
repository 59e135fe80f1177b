import { publishCatalogWorkflow } from "../../../../../workflows/catalog/publish-catalog"
import { adminWrite } from "../../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { requireMode } from "../../../../route-kit/store-mode"

/** Sends the published items to every active connection; a partner that has them already gets nothing. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  handler: async ({ container, store }) => {
    requireMode(store, "sell")
    const { result } = await publishCatalogWorkflow(container).run({ input: { store_id: store.id } })
    return ok({ publications: result })
  },
})
