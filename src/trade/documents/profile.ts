import { z } from "@medusajs/framework/zod"

import { address, currencyCode, shortText } from "./parts"

/** What a store tells its partners of itself. */
export const profileBody = z.object({
  version: z.literal(1),
  name: shortText.min(1),
  mode: z.enum(["distributor", "retailer", "both"]),
  currency_code: currencyCode,
  email: shortText.nullable(),
  phone: shortText.nullable(),
  tax_number: shortText.nullable(),
  address: address.nullable(),
})
export type ProfileBody = z.infer<typeof profileBody>
