import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context, InferTypeOf } from "@medusajs/framework/types"
import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import { notFound, WholesaleError } from "../../lib/errors/wholesale-error"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { auditAccount } from "./account-audit"
import { AccountOfStore, assertNumberFree, claimCustomer, insertAccount, lockAccount } from "./accounts"
import { accountChanges, AccountDetails, NewAccount, newAccountRow } from "./domain/account-details"
import {
  changedLocationRow,
  chooseLocations,
  DocumentAddress,
  documentAddress,
  LocationDetails,
  newLocationRow,
} from "./domain/location"
import { disableEmployee, NewEmployee, takeOnEmployee } from "./employees"
import { deleteLocation, locationsOf, writeLocation } from "./locations"
import { WholesaleAccount } from "./models/account"
import { WholesaleAccountLocation } from "./models/account-location"
import { WholesaleEmployee } from "./models/employee"
import { TaxExemptionVerbs } from "./tax-exemption-verbs"

export type Account = InferTypeOf<typeof WholesaleAccount>
export type AccountLocation = InferTypeOf<typeof WholesaleAccountLocation>
export type Employee = InferTypeOf<typeof WholesaleEmployee>

/**
 * A store's business customers. Every verb takes the store, and an account, location or employee of
 * another store is 404 `not_found`. Verbs that change an account's parts lock its row first.
 */
class WholesaleAccountModuleService extends TaxExemptionVerbs {
  /**
   * Makes an account. With the `id` of one that the store has, that one is returned as it is.
   *
   * @throws WholesaleError 400 `invalid_account`, 409 `account_number_taken`
   */
  @InjectTransactionManager()
  async createAccount(
    account: NewAccount,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Account> {
    const row = newAccountRow(account.id ?? generateEntityId(undefined, "whacc"), account)
    await insertAccount(transactionOf(sharedContext), row)
    return await this.retrieveWholesaleAccount(row.id, {}, sharedContext)
  }

  /**
   * Changes what was given and leaves the rest, each change audited; currency and kind never change.
   *
   * @throws WholesaleError 404 `not_found`, and as `createAccount` does
   */
  @InjectTransactionManager()
  async updateAccount(
    { store_id, account_id, actor }: AccountOfStore & { readonly actor: Actor },
    changes: Partial<AccountDetails>,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Account> {
    const row = accountChanges(changes)
    const manager = transactionOf(sharedContext)
    await lockAccount(manager, { store_id, account_id })
    if (changes.number) {
      await assertNumberFree(manager, { store_id, id: account_id, number: changes.number })
    }
    const standing = await this.accountOf(store_id, account_id, sharedContext)
    await auditAccount(manager, { store_id, account_id, actor }, standing, row)
    return await this.updateWholesaleAccounts({ ...row, id: account_id }, sharedContext)
  }

  /** @throws WholesaleError 404 `not_found` */
  @InjectManager()
  async accountOf(
    storeId: string,
    accountId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Account> {
    const [account] = await this.listWholesaleAccounts(
      { id: accountId, store_id: storeId },
      { take: 1 },
      sharedContext
    )
    if (!account) {
      throw notFound("Account", accountId)
    }
    return account
  }

  /** @throws WholesaleError 404 `not_found`, 409 `account_closed` */
  @InjectManager()
  async activeAccount(
    storeId: string,
    accountId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Account> {
    const account = await this.accountOf(storeId, accountId, sharedContext)
    if (account.status !== "active") {
      throw new WholesaleError(
        409,
        "account_closed",
        `Account ${account.company_name} is closed and takes no new orders: make it active again first.`,
        { account_id: account.id, status: account.status }
      )
    }
    return account
  }

  /**
   * Gives the account a core customer unless it has one.
   *
   * @returns the customer that stands; of several callers at once all get the same
   */
  @InjectManager()
  async claimCustomer(
    claim: AccountOfStore & { customer_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<string> {
    return await claimCustomer(managerOf(sharedContext), claim)
  }

  /**
   * Adds a location. The first is the default for goods and invoices; a later one that is made a
   * default takes that from the one before. With the `id` of one that the account has, that one is
   * returned as it is.
   *
   * @throws WholesaleError 400 `invalid_location`
   */
  @InjectTransactionManager()
  async addLocation(
    { id, store_id, account_id, ...details }: AccountOfStore & LocationDetails & { id?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<AccountLocation> {
    const manager = transactionOf(sharedContext)
    await lockAccount(manager, { store_id, account_id })
    const standing = await locationsOf(manager, account_id)
    const row = newLocationRow(
      { id: id ?? generateEntityId(undefined, "whloc"), store_id, account_id },
      details,
      standing.length === 0
    )
    if (!standing.some((location) => location.id === row.id)) {
      await writeLocation(manager, row)
    }
    return await this.retrieveWholesaleAccountLocation(row.id, {}, sharedContext)
  }

  /**
   * Changes what was given. A default ends by making another location the default.
   *
   * @throws WholesaleError 400 `invalid_location`
   */
  @InjectTransactionManager()
  async updateLocation(
    { store_id, account_id, location_id }: AccountOfStore & { location_id: string },
    changes: Partial<LocationDetails>,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<AccountLocation> {
    const manager = transactionOf(sharedContext)
    await lockAccount(manager, { store_id, account_id })
    const row = (await locationsOf(manager, account_id)).find(({ id }) => id === location_id)
    if (!row) {
      throw notFound("Location", location_id)
    }
    await writeLocation(manager, changedLocationRow(row, changes))
    return await this.retrieveWholesaleAccountLocation(location_id, {}, sharedContext)
  }

  /** Deletes a location; what it was the default for goes to the account's oldest other one. */
  @InjectTransactionManager()
  async removeLocation(
    { store_id, account_id, location_id }: AccountOfStore & { location_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    const manager = transactionOf(sharedContext)
    await lockAccount(manager, { store_id, account_id })
    await deleteLocation(manager, { account_id, location_id })
  }

  /**
   * An account that may order, and where its goods and invoice go: goods to `location_id`, else to the
   * shipping default; invoices to the billing default. Null for an account without locations. `location_id`
   * is the one that was chosen for the goods.
   *
   * @throws WholesaleError 404 `not_found` for an account or location that the store does not have; 409
   * `account_closed`
   */
  @InjectManager()
  async orderingAccount(
    { store_id, account_id, location_id }: AccountOfStore & { location_id?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{
    account: Account
    location_id: string | null
    ship_to: DocumentAddress | null
    bill_to: DocumentAddress | null
  }> {
    const account = await this.activeAccount(store_id, account_id, sharedContext)
    const locations = await locationsOf(managerOf(sharedContext), account_id)
    const { ship_to, bill_to } = chooseLocations(locations, location_id)
    if (location_id !== undefined && !ship_to) {
      throw notFound("Location", location_id)
    }
    return {
      account,
      location_id: ship_to?.id ?? null,
      ship_to: ship_to ? documentAddress(account.company_name, ship_to) : null,
      bill_to: bill_to ? documentAddress(account.company_name, bill_to) : null,
    }
  }

  /**
   * Lets a core customer buy for an account. Who is the account's employee already gets the role
   * given; who was disabled, here or in another account of the store, is taken on again.
   *
   * @throws WholesaleError 409 `employee_of_another_account`
   */
  @InjectTransactionManager()
  async addEmployee(
    employee: NewEmployee,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Employee> {
    const manager = transactionOf(sharedContext)
    await lockAccount(manager, employee)
    const id = await takeOnEmployee(manager, employee)
    return await this.retrieveWholesaleEmployee(id, {}, sharedContext)
  }

  /** Ends an employee's rights; doing it again changes nothing. */
  @InjectTransactionManager()
  async disableEmployee(
    employee: AccountOfStore & { employee_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Employee> {
    await disableEmployee(transactionOf(sharedContext), employee)
    return await this.retrieveWholesaleEmployee(employee.employee_id, {}, sharedContext)
  }

  /** For which account of the store a customer buys; undefined where it is no active employee. */
  @InjectManager()
  async employeeOf(
    storeId: string,
    customerId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ employee: Employee; account: Account } | undefined> {
    const [employee] = await this.listWholesaleEmployees(
      { store_id: storeId, customer_id: customerId, status: "active" },
      { take: 1 },
      sharedContext
    )
    return employee
      ? { employee, account: await this.accountOf(storeId, employee.account_id, sharedContext) }
      : undefined
  }
}

export default WholesaleAccountModuleService
