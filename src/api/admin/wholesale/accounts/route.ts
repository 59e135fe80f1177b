import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_ACCOUNT } from "../../../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../../../modules/wholesale-account/service"
import { createAccount, listAccounts } from "../../../../schemas/accounts"
import { createAccountWorkflow } from "../../../../workflows/account/create-account"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { accountDetail, accountsWithCredit } from "../../../views/account"

export const GET = adminRead({
  flags: SALES,
  query: listAccounts,
  handler: async ({ container, store, query }) => {
    const { status, kind, q } = query
    const [rows, count] = await container
      .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
      .listAndCountWholesaleAccounts(
        { store_id: store.id, ...(status && { status }), ...(kind && { kind }), ...(q && { q }) },
        listConfig(query, ["created_at", "updated_at", "company_name", "number", "id"])
      )
    return ok(page("accounts", await accountsWithCredit(container, store.id, rows), count, query))
  },
})

export const POST = adminWrite({
  flags: SALES,
  body: createAccount,
  handler: async ({ container, store, actor, body, request_key }) => {
    const { result } = await createAccountWorkflow(container).run({
      input: {
        ...body,
        ...(request_key && { id: derivedId("whacc", store.id, request_key) }),
        store_id: store.id,
        currency_code: body.currency_code ?? store.currency_code,
        actor,
      },
    })
    return created({ account: await accountDetail(container, store.id, result.id) })
  },
})
