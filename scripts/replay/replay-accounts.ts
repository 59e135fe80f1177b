import type { MedusaContainer } from "@medusajs/framework/types"

import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { derivedId } from "../../src/lib/ids/derived-id"
import { WHOLESALE_ACCOUNT } from "../../src/modules/wholesale-account"
import type WholesaleAccountModuleService from "../../src/modules/wholesale-account/service"
import { createAccountWorkflow } from "../../src/workflows/account/create-account"
import { CURRENCY } from "./judge-row"

/** The account of everybody whom the export does not number. */
export const CASH_ACCOUNT = "Cash sales"

export function accountId(store_id: string, customer: string | undefined): string {
  return customer === undefined
    ? derivedId("whacc", store_id, "cash")
    : derivedId("whacc", store_id, "customer", customer)
}

/**
 * Makes the accounts of the customers that have none yet: the customer's number, the store's usual
 * terms, no credit limit. One read, whatever the number of customers.
 */
export async function ensureAccounts(
  container: MedusaContainer,
  store_id: string,
  customers: ReadonlySet<string | undefined>
): Promise<void> {
  const standing = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .listWholesaleAccounts(
      { store_id, id: [...customers].map((customer) => accountId(store_id, customer)) },
      { select: ["id"], take: null }
    )
  const ids = new Set(standing.map(({ id }) => id))
  for (const customer of customers) {
    const id = accountId(store_id, customer)
    if (!ids.has(id)) {
      await createAccountWorkflow(container).run({
        input: {
          id,
          store_id,
          company_name: companyName(customer),
          number: customer,
          kind: customer === undefined ? "cash" : "trade",
          currency_code: CURRENCY,
          actor: SYSTEM_ACTOR,
        },
      })
    }
  }
}

/** Who a document is made out to. */
export function companyName(customer: string | undefined): string {
  return customer === undefined ? CASH_ACCOUNT : `Customer ${customer}`
}
