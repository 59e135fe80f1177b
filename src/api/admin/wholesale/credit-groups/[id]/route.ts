import { WHOLESALE_CREDIT } from "../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../modules/wholesale-credit/service"
import { updateCreditGroup } from "../../../../../schemas/credit"
import { updateCreditGroupWorkflow } from "../../../../../workflows/credit/update-credit-group"
import { adminRead, adminWrite } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { creditGroupView } from "../../../../views/credit"
import { groupMembers } from "../../../../views/credit-group-members"

/** The group with its members, and the latest changes of its rules. */
export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) => {
    const credit = container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT)
    const of = { store_id: store.id, group_id: params.id }
    const [group, changes] = await Promise.all([credit.retrieveGroup(of), credit.listGroupChanges(of, { limit: 50 })])
    const members = await groupMembers(container, store.id, group.account_ids)
    return ok({ credit_group: { ...creditGroupView(group), members, changes } })
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: updateCreditGroup,
  handler: async ({ container, store, actor, params, body: { name, reason, ...changes } }) => {
    const { result } = await updateCreditGroupWorkflow(container).run({
      input: { store_id: store.id, group_id: params.id, name, changes, reason, actor },
    })
    return ok({ credit_group: creditGroupView(result) })
  },
})
