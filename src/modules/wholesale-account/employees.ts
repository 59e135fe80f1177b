import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"

export interface NewEmployee {
  store_id: string
  account_id: string
  customer_id: string
  /** `admin` manages the account's other employees, `buyer` orders. */
  role: "buyer" | "admin"
}

/**
 * Takes a customer on: a new one, one that was disabled before, also by another account, or the
 * account's own employee with another role.
 *
 * @returns the employee's id
 * @throws WholesaleError 409 `employee_of_another_account` while the customer is active there
 */
export async function takeOnEmployee(manager: EntityManager, employee: NewEmployee): Promise<string> {
  const { store_id, account_id, customer_id, role } = employee
  const [taken] = await manager.execute<{ id: string }[]>(
    `insert into wholesale_employee as standing (id, store_id, account_id, customer_id, role, status)
     values (?, ?, ?, ?, ?, 'active')
     on conflict (store_id, customer_id) where deleted_at is null do update
       set account_id = excluded.account_id, role = excluded.role, status = 'active', updated_at = now()
       where standing.status = 'disabled' or standing.account_id = excluded.account_id
     returning id`,
    [generateEntityId(undefined, "whemp"), store_id, account_id, customer_id, role]
  )
  if (!taken) {
    throw new WholesaleError(
      409,
      "employee_of_another_account",
      `Customer ${customer_id} buys for another account of this store: disable it there first.`,
      { customer_id }
    )
  }
  return taken.id
}

/**
 * Ends an employee's rights; one that has none is left as it is.
 *
 * @throws WholesaleError 404 `not_found` for an employee of another account too
 */
export async function disableEmployee(
  manager: EntityManager,
  { store_id, account_id, employee_id }: { store_id: string; account_id: string; employee_id: string }
): Promise<void> {
  const disabled = await manager.execute(
    `update wholesale_employee set status = 'disabled', updated_at = now()
     where id = ? and account_id = ? and store_id = ? and deleted_at is null returning id`,
    [employee_id, account_id, store_id]
  )
  if (disabled.length === 0) {
    throw notFound("Employee", employee_id)
  }
}
