import { platformRead } from "../../../route-kit/admin-route"
import { ok } from "../../../route-kit/route-answer"
import { FEATURE_FLAGS, FLAG_NAMES } from "../../../../modules/wholesale-store/domain/feature-flags"
import { WHOLESALE_STORE } from "../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../modules/wholesale-store/service"

/** Who asks, for which stores, and what is switched on: the first thing the dashboard reads. */
export const GET = platformRead({
  handler: async ({ container, actor, is_platform_admin, store, stores }) => {
    const service = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
    const [effective, [admin]] = await Promise.all([
      store && service.effectiveFlags(store.id),
      service.listWholesalePlatformAdmins({}, { take: 1, select: ["id"] }),
    ])
    const flags = Object.fromEntries(
      FLAG_NAMES.map((flag) => [
        flag,
        {
          enabled: effective?.[flag].enabled ?? false,
          level: FEATURE_FLAGS[flag].level,
          description: FEATURE_FLAGS[flag].opens,
        },
      ])
    )
    return ok({
      context: {
        ...actor,
        is_platform_admin,
        has_platform_admin: admin !== undefined,
        store: store ?? null,
        stores,
        flags,
      },
    })
  },
})
