import { z } from "@medusajs/framework/zod"

import { anyOf, listQuery, nonNegativeAmount, rowId, paymentTerms, text } from "./common"

export const listPairingCodes = listQuery({
  status: z.enum(["active", "used", "expired", "cancelled"]).optional(),
})
export const listConnections = listQuery({
  role: z.enum(["distributor", "retailer"]).optional(),
  status: z.enum(["requested", "active", "rejected", "suspended", "revoked"]).optional(),
})
/** Where the partner is: on this backend, or on another, reached by the relay. */
const transport = z.enum(["local", "relay"]).default("local")
export const generatePairingCode = z.strictObject({ transport })
/** The code as a person types it: any case, with or without the dash. */
export const requestConnection = z.strictObject({ code: text(20), transport })
export const setRelay = z.strictObject({ relay_url: text(255) })
export const approveConnection = z.strictObject({
  account_id: rowId.optional(),
  credit_limit: nonNegativeAmount.nullable().optional(),
  terms: paymentTerms.optional(),
  price_tier_id: rowId.nullable().optional(),
})
export const listReceivedDocuments = listQuery({
  status: anyOf(z.enum(["received", "applied", "ignored", "failed", "unsupported", "desync"])).optional(),
  connection_id: rowId.optional(),
})
