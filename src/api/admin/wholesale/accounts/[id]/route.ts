import { updateAccount } from "../../../../../schemas/accounts"
import { updateAccountWorkflow } from "../../../../../workflows/account/update-account"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { accountDetail } from "../../../../views/account"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    ok({ account: await accountDetail(container, store.id, params.id) }),
})

export const POST = adminWrite({
  flags: SALES,
  body: updateAccount,
  handler: async ({ container, store, actor, params, body: { apply_tier_defaults, ...changes } }) => {
    await updateAccountWorkflow(container).run({
      input: { id: params.id, store_id: store.id, changes, apply_tier_defaults, actor },
    })
    return ok({ account: await accountDetail(container, store.id, params.id) })
  },
})
