import { setFeatureFlag } from "../../../../../schemas/stores"
import { setFeatureFlagWorkflow } from "../../../../../workflows/store/set-feature-flag"
import { platformWrite } from "../../../../route-kit/admin-route"
import { ok } from "../../../../route-kit/route-answer"

/** Of the platform level for all stores, by a platform admin; of the store level for one's store. */
export const POST = platformWrite({
  body: setFeatureFlag,
  handler: async ({ container, store, actor, params, body }) => {
    const { result: feature_flag } = await setFeatureFlagWorkflow(container).run({
      input: { flag: params.flag, store_id: store?.id, enabled: body.enabled, actor },
    })
    return ok({ feature_flag })
  },
})
