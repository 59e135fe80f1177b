import { z } from "@medusajs/framework/zod"

/** What this module reads of the plugin's options; the other members are for other modules. */
const options = z.object({
  /** The secret from which the server's key is derived; without it `http.jwtSecret` is taken. */
  serverKey: z.string().optional(),
  /** How long a pairing code can be used. */
  pairingCodeMinutes: z.number().int().min(1).max(1_440).default(10),
})
export type ConnectionModuleOptions = z.infer<typeof options>

/** @throws ZodError when an option is not what it should be */
export function readOptions(given: unknown): ConnectionModuleOptions {
  return options.parse(given ?? {})
}
