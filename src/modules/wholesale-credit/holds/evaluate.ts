import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { CreditVerdict, PastDue } from "../domain/credit-check"
import { checkCredit } from "../domain/credit-check"
import { exposureOf } from "../domain/credit-limit"
import type { CreditScope } from "../groups/scope"
import { checkedGroup } from "../groups/scope"
import { accountHold } from "./hold-rows"
import type { CreditRequest } from "./rows"

/** What the rules say to an order now, under the locks of its scope. The order itself has no credit taken. */
export async function evaluate(
  manager: EntityManager,
  { account, group }: CreditScope,
  { amount, is_prepaid }: Pick<CreditRequest, "amount" | "is_prepaid">,
  past_due: PastDue | null
): Promise<CreditVerdict> {
  const { store_id, account_id, currency_code } = account
  const standing = await accountHold(manager, store_id, account_id)
  return checkCredit({
    account_id,
    currency_code,
    amount,
    settings: account,
    exposure: exposureOf(account),
    group: await checkedGroup(manager, group),
    prepaid: is_prepaid,
    past_due,
    manual: standing ? [{ hold_id: standing.id, reason: standing.reason ?? "" }] : [],
  })
}
