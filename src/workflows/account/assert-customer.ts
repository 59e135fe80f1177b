import type { ICustomerModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"

/**
 * That an account or employee names a customer core has; none named is fine.
 *
 * @throws WholesaleError 404 `not_found` with `field: "customer_id"`, for a deleted customer too
 */
export async function assertCustomer(
  container: MedusaContainer,
  customerId: string | null | undefined
): Promise<void> {
  if (!customerId) {
    return
  }
  const found = await container
    .resolve<ICustomerModuleService>(Modules.CUSTOMER)
    .listCustomers({ id: customerId }, { take: 1, select: ["id"] })
  if (found.length === 0) {
    throw new WholesaleError(
      404,
      "not_found",
      `Customer ${customerId} was not found: customer_id is the id of a customer of the shop.`,
      { document: "Customer", id: customerId, field: "customer_id" }
    )
  }
}
