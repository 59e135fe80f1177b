import { z } from "@medusajs/framework/zod"

import { FlagName, isFlagName } from "./domain/feature-flags"

/** The part of the plugin's options that this module reads; the other members are other modules'. */
const schema = z.object({
  platformAdmins: z.array(z.string()).default([]),
  defaultFlags: z
    .array(z.string().refine(isFlagName, { error: ({ input }) => `"${String(input)}" is no feature flag` }))
    .default([]),
  currencyDigits: z
    .record(z.string().regex(/^[a-z]{3}$/i), z.number().int().min(0).max(8))
    .default({}),
})

export interface StoreOptions {
  /** E-mails of admin users, each resolved once to the user who holds it then. */
  readonly platformAdmins: readonly string[]
  /** Flags that are on where nothing was set. */
  readonly defaultFlags: readonly FlagName[]
  /** Minor-unit digits by ISO 4217 code, where the host's differ from the standard's. */
  readonly currencyDigits: Readonly<Record<string, number>>
}

/** @throws Error at start where the options cannot be meant, naming each wrong member */
export function readOptions(options: unknown): StoreOptions {
  const parsed = schema.safeParse(options ?? {})
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
    throw new Error(`The options of medusa-wholesale are wrong. ${issues.join("; ")}`)
  }
  return {
    platformAdmins: parsed.data.platformAdmins,
    defaultFlags: parsed.data.defaultFlags.filter(isFlagName),
    currencyDigits: parsed.data.currencyDigits,
  }
}
