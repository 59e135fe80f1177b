import type { IAuthModuleService, ICustomerModuleService, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

const EMAIL = "email"

/**
 * The registered customer who has proved to read the mail of this address: Medusa keeps a verification
 * of it, by the very login that the customer signs in with. Undefined where nobody has, which is always
 * so while the host does not turn verification on.
 *
 * @param email in lower case
 */
export async function verifiedCustomer(container: MedusaContainer, email: string): Promise<string | undefined> {
  const registered = await container
    .resolve<ICustomerModuleService>(Modules.CUSTOMER)
    .listCustomers({ email, has_account: true }, { select: ["id"], order: { id: "ASC" } })
  if (!registered.length) {
    return undefined
  }
  const auth = container.resolve<IAuthModuleService>(Modules.AUTH)
  const verifications = await auth.listAuthVerifications({ entity_id: email, entity_type: EMAIL })
  const proved = verifications.filter(({ verified_at }) => verified_at).map(({ auth_identity_id }) => auth_identity_id)
  if (!proved.length) {
    return undefined
  }
  const logins = await auth.listAuthIdentities({ id: proved })
  const customers = new Set(logins.map(({ app_metadata }) => app_metadata?.customer_id))
  return registered.find(({ id }) => customers.has(id))?.id
}
