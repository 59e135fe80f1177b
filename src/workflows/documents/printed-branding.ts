import type { IFileModuleService, Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { Branding } from "../../documents/model/document"
import { checkedLogo } from "../../documents/pdf/logo"
import { messageOf } from "../../lib/errors/message-of"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { Store } from "../../modules/wholesale-store/service"

/** What the store's documents look like today. One whose logo is gone meanwhile prints its name in its place. */
export async function printedBranding(
  container: MedusaContainer,
  { id, brand_color, logo_file_id }: Pick<Store, "id" | "brand_color" | "logo_file_id">
): Promise<Branding> {
  const logo = logo_file_id
    ? await usableLogo(container, logo_file_id).catch((error: unknown) => {
        container
          .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
          .warn(`Documents of store ${id} go without its logo: ${messageOf(error)}`)
        return null
      })
    : null
  return { logo, color: brand_color }
}

/**
 * The bytes of a logo in Medusa's file module.
 *
 * @throws WholesaleError 422 `unusable_logo` where the file cannot be read, or no document can hold it
 */
export async function usableLogo(container: MedusaContainer, fileId: string): Promise<Uint8Array | null> {
  const files = container.resolve<IFileModuleService>(Modules.FILE)
  const bytes = await files.getAsBuffer(fileId).catch((error: unknown) => {
    throw new WholesaleError(
      422,
      "unusable_logo",
      `File ${fileId}, the store's logo, could not be read. Upload it again, or take it off the documents.`,
      { field: "logo_file_id", file_id: fileId, reason: messageOf(error) }
    )
  })
  return checkedLogo(bytes)
}
