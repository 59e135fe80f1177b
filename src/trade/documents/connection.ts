import { z } from "@medusajs/framework/zod"

import { identifier, longText, moment, shortText } from "./parts"
import { profileBody } from "./profile"

/** One side of a connection, told by the store whose side it is; the effective status is the stricter of two. */
export const connectionBody = z.object({
  version: z.literal(1),
  /** The same on both sides. */
  pairing_id: identifier,
  /** What the sender is in the connection. */
  role: z.enum(["distributor", "retailer"]),
  /** What happened last on the sender's side, for people to read; the status is what counts. */
  event: shortText.nullable(),
  status: z.enum(["requested", "active", "suspended", "rejected", "revoked"]),
  reason: longText.nullable(),
  requested_at: moment,
  profile: profileBody,
})
