import type {
  IApiKeyModuleService,
  IUserModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { ownedRow } from "../../lib/errors/owned-row"

/**
 * A member that is nobody would end the rule that every user acts for the only store, and let nobody in.
 *
 * @throws WholesaleError 404 for an unknown user or secret API key
 */
export async function assertActorExists(
  container: MedusaContainer,
  { actor_type, actor_id }: { readonly actor_type: "user" | "api-key"; readonly actor_id: string }
): Promise<void> {
  const options = { take: 1, select: ["id"] as "id"[] }
  if (actor_type === "user") {
    const users = await container
      .resolve<IUserModuleService>(Modules.USER)
      .listUsers({ id: [actor_id] }, options)
    ownedRow(users, "User", actor_id)
  } else {
    const keys = await container
      .resolve<IApiKeyModuleService>(Modules.API_KEY)
      .listApiKeys({ id: [actor_id], type: "secret" }, options)
    ownedRow(keys, "Secret API key", actor_id)
  }
}
