import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { derivedId } from "../../lib/ids/derived-id"
import { eventNotAllowed } from "../../lib/state-machine/state-machine"
import type { GivenTerms } from "../../lib/terms/payment-terms"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import { allowedDecisions } from "../../modules/wholesale-connection/domain/partner-document"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { WHOLESALE_CREDIT } from "../../modules/wholesale-credit"
import { assertLimit } from "../../modules/wholesale-credit/domain/credit-limit"
import type WholesaleCreditModuleService from "../../modules/wholesale-credit/service"
import { ownedRow } from "../../lib/errors/owned-row"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { Address } from "../../schemas/common"
import { accountDefaults } from "../account/account-defaults"
import { announceStep } from "../exchange/steps/announce"
import { takeOverDocuments } from "./take-over-documents"
import { publishCatalogWorkflow } from "../catalog/publish-catalog"

export interface ApproveConnectionInput {
  readonly id: string
  readonly store_id: string
  /** An account the partner is attached to; a new one in its name where none is given. */
  readonly account_id?: string
  /** In the account's currency, major units; null for no limit. Left as it is when not given. */
  readonly credit_limit?: string | null
  /** Of a new account, its price tier's or the store's where none are given; else left as they are. */
  readonly terms?: GivenTerms
  /** Of a new account; one that is attached stays in its own. */
  readonly price_tier_id?: string | null
  readonly actor: Actor
}

/** Makes or finds the account first: whoever is approved has one. Its id follows from the connection. */
const openConnectionAccountStep = createStep(
  "wholesale-open-connection-account",
  async (input: ApproveConnectionInput, { container }) => {
    const { id, store_id, terms, credit_limit, price_tier_id, actor } = input
    const accounts = container.resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    const [rows, store] = await Promise.all([
      container
        .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
        .listWholesaleConnections({ id, store_id, role: "distributor" }),
      container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
    ])
    const connection = ownedRow(rows, "Connection", id)
    const allowedEvents = allowedDecisions(connection)
    if (!allowedEvents.includes("approve")) {
      throw eventNotAllowed({
        document: "Connection",
        id,
        status: connection.effective_status,
        event: "approve",
        allowedEvents,
      })
    }
    const { currency_code } = store

    const attached = input.account_id && (await accounts.activeAccount(store_id, input.account_id))
    assertLimit(credit_limit, attached ? attached.currency_code : currency_code)
    const defaults = attached
      ? undefined
      : await accountDefaults(container, { store_id, currency_code, price_tier_id, terms, credit_limit })
    const account = attached
      ? attached
      : await openAccount(accounts, {
          id: derivedId("whacc", id),
          store_id,
          currency_code,
          terms: defaults?.terms,
          price_tier_id,
          profile: connection.partner_profile,
          name: connection.partner_name,
        })
    if (attached && terms !== undefined) {
      await accounts.updateAccount({ store_id, account_id: account.id, actor }, { terms })
    }
    await container.resolve<WholesaleCreditModuleService>(WHOLESALE_CREDIT).openCreditAccount({
      store_id,
      account_id: account.id,
      currency_code: account.currency_code,
      limit: defaults ? defaults.credit_limit : credit_limit,
      settings: defaults?.settings,
      actor,
    })
    return new StepResponse({ account_id: account.id })
  }
)

/** Before the retailer hears of it and sends its purchase orders again: see `takeOverDocuments`. */
const takeOverDocumentsStep = createStep(
  { name: "wholesale-take-over-documents", noCompensation: true },
  async ({ id, store_id }: Pick<ApproveConnectionInput, "id" | "store_id">, { container }) => {
    await takeOverDocuments(container, { id, store_id })
    return new StepResponse()
  }
)

const approveConnectionStep = createStep(
  "wholesale-approve-connection",
  async (
    { id, store_id, actor, account_id }: ApproveConnectionInput & { account_id: string },
    { container }
  ) => {
    await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .decide({ id, store_id, event: "approve", actor, account_id })
    return new StepResponse()
  }
)

/** Lets a partner buy: account and credit first, then what was traded before, the decision, and the catalog. */
export const approveConnectionWorkflow = createWorkflow(
  "wholesale-approve-connection",
  (input: WorkflowData<ApproveConnectionInput>) => {
    const account = openConnectionAccountStep(input)
    takeOverDocumentsStep(input)
    approveConnectionStep(transform({ input, account }, (data) => ({ ...data.input, ...data.account })))
    announceStep(transform(input, ({ id }) => ({ type: "connection" as const, id })))
    publishCatalogWorkflow.runAsStep({
      input: transform(input, ({ id, store_id }) => ({ store_id, connection_id: id })),
    })
  }
)

async function openAccount(
  accounts: WholesaleAccountModuleService,
  partner: {
    id: string
    store_id: string
    currency_code: string
    terms: GivenTerms | undefined
    price_tier_id: string | null | undefined
    name: string
    profile: Record<string, unknown> | null
  }
) {
  const { id, store_id, currency_code, terms, price_tier_id, name, profile } = partner
  const account = await accounts.createAccount({
    id,
    store_id,
    company_name: name,
    currency_code,
    terms,
    price_tier_id,
    email: textOf(profile?.email),
    phone: textOf(profile?.phone),
    tax_number: textOf(profile?.tax_number),
  })
  const address = profile?.address as Partial<Address> | null | undefined
  if (address?.address_1 && address.country_code) {
    await accounts.addLocation({
      id: derivedId("whloc", id),
      store_id,
      account_id: id,
      name,
      address_1: address.address_1,
      address_2: address.address_2,
      city: address.city,
      postal_code: address.postal_code,
      province: address.province,
      country_code: address.country_code,
      phone: address.phone,
    })
  }
  return account
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}
