import { container } from "@medusajs/framework"
import type { MedusaContainer } from "@medusajs/framework/types"
import start from "@medusajs/medusa/commands/start"

import { seedDemo, type SeededStores, type Sides } from "./seed"

/** What the server tells the process that started it. */
export type ServerMessage =
  | { readonly type: "ready"; readonly seeded: SeededStores }
  | { readonly type: "failed"; readonly error: string }

/**
 * The demo's server, a process of its own: starts Medusa as `medusa start` does, makes what the demo
 * trades with, says so, and ends when the process that started it does.
 */
async function serve(directory: string, port: number, sides: Sides): Promise<void> {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"))
  await start({ directory, port })
  tell({ type: "ready", seeded: await seedDemo(container as MedusaContainer, sides) })
}

function tell(message: ServerMessage): void {
  process.send?.(message)
}

serve(process.argv[2], Number(process.argv[3]), process.argv[4] as Sides).catch((error: unknown) => {
  tell({ type: "failed", error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
})
