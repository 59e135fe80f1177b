import { WHOLESALE_CREDIT } from "../../../../../../modules/wholesale-credit"
import { CREDIT_PRESET } from "../../../../../../lib/credit-rules/credit-settings"
import type WholesaleCreditModuleService from "../../../../../../modules/wholesale-credit/service"
import { withOptionalReason } from "../../../../../../schemas/common"
import { updateCreditSettingsWorkflow } from "../../../../../../workflows/credit/update-credit-settings"
import { adminWrite } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { creditView } from "../../../../../views/credit"

/** The usual lines in one click: soft at 80 %, hard at 95 %, past due after 45 days. */
export const POST = adminWrite({
  flags: SALES,
  body: withOptionalReason,
  handler: async ({ container, store, actor, params, body: { reason } }) => {
    const account = { store_id: store.id, account_id: params.account_id }
    await updateCreditSettingsWorkflow(container).run({
      input: { ...account, changes: CREDIT_PRESET, reason, actor },
    })
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    return ok({ credit_account: creditView(await credit.exposure(account)) })
  },
})
