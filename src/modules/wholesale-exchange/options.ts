import { z } from "@medusajs/framework/zod"

const keySource = z.union([
  z.string(),
  z.custom<() => string | Promise<string>>((given) => typeof given === "function"),
])

/** What this module reads of the plugin's options; the other members are for other modules. */
const options = z.object({
  /**
   * The operator's master key, 32 bytes in hex or base64, or what gives it (a key management service);
   * without it the variable WHOLESALE_MASTER_KEY is taken.
   */
  masterKey: keySource.optional(),
  /** The master key before it, while data keys are being rewrapped; else WHOLESALE_PREVIOUS_MASTER_KEY. */
  previousMasterKey: keySource.optional(),
  /** Whether a relay may have a private address, as one in the operator's own network has. */
  relayPrivateAddresses: z.boolean().default(false),
  /** How often a side says that it is there: what a relay loses shows within that time. */
  relayHeartbeatSeconds: z.number().int().min(10).max(3_600).default(60),
  /** Whether this process runs the workers of the relay, where Medusa's worker mode lets it. */
  relayWorkers: z.boolean().default(true),
})
export type ExchangeModuleOptions = z.infer<typeof options>
export type KeySource = z.infer<typeof keySource>

/** @throws ZodError when an option is not what it should be */
export function readOptions(given: unknown): ExchangeModuleOptions {
  return options.parse(given ?? {})
}
