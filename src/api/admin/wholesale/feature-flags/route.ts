import { FEATURE_FLAGS, FLAG_NAMES } from "../../../../modules/wholesale-store/domain/feature-flags"
import { WHOLESALE_STORE } from "../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../modules/wholesale-store/service"
import { adminRead } from "../../../route-kit/admin-route"
import { ok } from "../../../route-kit/route-answer"

export const GET = adminRead({
  handler: async ({ container, store, is_platform_admin }) => {
    const effective = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .effectiveFlags(store.id)
    return ok({
      feature_flags: FLAG_NAMES.map((flag) => ({
        flag,
        level: FEATURE_FLAGS[flag].level,
        description: FEATURE_FLAGS[flag].opens,
        enabled: effective[flag].enabled,
        changeable: is_platform_admin || FEATURE_FLAGS[flag].level === "store",
      })),
    })
  },
})
