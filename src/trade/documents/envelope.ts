import { z } from "@medusajs/framework/zod"

import { identifier, moment } from "./parts"

/** What every document travels in, whatever its type: readable also where the body is not. */
export const envelope = z.object({
  type: z.string().min(1).max(64),
  id: identifier,
  /** Raised by the owner with every change. */
  revision: z.int().min(1).max(2_147_483_647),
  /** Of the owner's records; raised after a restore from backup, and counts before the revision. */
  incarnation: z.int().min(1).max(2_147_483_647),
  issued_at: moment,
  body: z.record(z.string(), z.unknown()),
})
export type Envelope = z.infer<typeof envelope>

/** The envelope of one type, its body read by the type's schema. */
export function envelopeOf<Type extends string, Body extends z.ZodType>(type: Type, body: Body) {
  return envelope.extend({ type: z.literal(type), body })
}
