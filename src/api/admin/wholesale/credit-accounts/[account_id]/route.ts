import { WHOLESALE_CREDIT } from "../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../modules/wholesale-credit/service"
import { updateCreditAccount } from "../../../../../schemas/credit"
import { updateCreditSettingsWorkflow } from "../../../../../workflows/credit/update-credit-settings"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { creditView } from "../../../../views/credit"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const account = { store_id: store.id, account_id: params.account_id }
    return ok({ credit_account: creditView(await credit.exposure(account)) })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: updateCreditAccount,
  handler: async ({ container, store, actor, params, body: { group_id, reason, ...changes } }) => {
    const account = { store_id: store.id, account_id: params.account_id }
    await updateCreditSettingsWorkflow(container).run({
      input: { ...account, changes, group_id, reason, actor },
    })
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    return ok({ credit_account: creditView(await credit.exposure(account)) })
  },
})
