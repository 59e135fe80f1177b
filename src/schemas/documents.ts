import { z } from "@medusajs/framework/zod"

/** Of an invoice or a credit note. */
export const storeDocument = z.strictObject({ format: z.enum(["pdf", "ubl", "factur_x"]).default("pdf") })
