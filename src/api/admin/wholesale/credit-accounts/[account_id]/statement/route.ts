import { addDays, calendarDay } from "../../../../../../lib/calendar/days"
import { WHOLESALE_CREDIT } from "../../../../../../modules/wholesale-credit"
import type WholesaleCreditModuleService from "../../../../../../modules/wholesale-credit/service"
import { creditStatement } from "../../../../../../schemas/credit"
import { adminRead } from "../../../../../route-kit/admin-route"
import { SALES } from "../../../../../route-kit/flag-gate"
import { ok } from "../../../../../route-kit/route-answer"
import { creditStatementView } from "../../../../../views/credit"

/** The ledger over a period of days (UTC): opening, what moved, closing, and a page of the entries. */
export const GET = adminRead({
  flags: SALES,
  query: creditStatement,
  handler: async ({ container, store, params, query: { limit, after, ...period } }) => {
    const today = calendarDay(new Date())
    const { from = `${today.slice(0, 8)}01`, to = today } = period
    const statement = await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).statement({
      store_id: store.id,
      account_id: params.account_id,
      from: new Date(from),
      to: addDays(new Date(to), 1),
      limit,
      after,
    })
    return ok({ statement: { ...creditStatementView(statement), from, to } })
  },
})
