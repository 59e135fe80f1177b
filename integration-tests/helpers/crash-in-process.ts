import { once } from "node:events"
import type { ExecArgs, IEventBusModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { WholesaleEvents } from "../../src/events"
import { CrashPoints } from "./crash-points"
import { SCENES, type Scene, type SceneName, type Subject } from "./crash-scenes"
import { Trade, type Partnership } from "./trade"

export interface CrashTask {
  readonly partnership: Partnership
  readonly scenes: readonly SceneName[]
  /** One for each subject: what a crash leaves locked in this process must not stop the next. */
  readonly skus: readonly string[]
}

/** A verb that died with the process, or, for `after` 0, ran to its end. */
export interface Crashed {
  readonly scene: SceneName
  readonly subject: Subject
  /** How many of its writes stand. */
  readonly after: number
  /** All of its writes, as a run to the end made them. */
  readonly of: number
  /** The last write that stands. */
  readonly write: string
}

/**
 * Runs under `medusa exec` beside the test, see `startServerProcess`. Every verb of the task runs twice
 * to its end, which counts its boundaries; then once for each boundary, on a subject of its own, and
 * stops there. The processes work for the same stores, so that a verb may take in a document that another one
 * has sent, and has as many boundaries more. Then the process kills itself with SIGKILL, and all of them die at once.
 */
export default async function crashInProcess({ container, args }: ExecArgs): Promise<void> {
  const { partnership, scenes, skus } = JSON.parse(args[0]) as CrashTask
  const trade = new Trade(container, partnership)
  process.stdout.write("READY\n")
  await once(process.stdin, "data")

  // The mirror is a verb of its own here, and not what happens some time behind a payment.
  container
    .resolve<IEventBusModuleService>(Modules.EVENT_BUS)
    .unsubscribe(WholesaleEvents.INVOICE_PAID, async () => undefined, {
      subscriberId: "wholesale-mirror-paid-invoice",
    })
  const points = new CrashPoints(container)
  const unused = [...skus]
  const crashed: Crashed[] = []
  for (const name of scenes) {
    const scene: Scene = SCENES[name]
    const at = async (after: number) => {
      const sku = unused.pop()
      if (!sku) {
        throw new Error(`There are more boundaries than the ${skus.length} subjects given.`)
      }
      const subject = await scene.prepare(trade, sku)
      return { subject, ...(await points.run(after, () => scene.act(trade, subject))) }
    }
    // What is made on first use alone, the mirror's sales channel and customer, is made by the first.
    const { subject: first } = await at(0)
    const { subject: second, writes: all } = await at(0)
    const of = all.length
    const wholly = (subject: Subject) => crashed.push({ scene: name, subject, after: 0, of, write: "all" })
    wholly(first)
    wholly(second)
    for (let after = 1; after <= of; after++) {
      let run = await at(after)
      if (!run.stopped) {
        // It was over before: the one that counted took in what another process had sent meanwhile, or this one
        // found something taken in already. The next shows which.
        wholly(run.subject)
        run = await at(after)
      }
      if (!run.stopped) {
        wholly(run.subject)
        break
      }
      crashed.push({ scene: name, subject: run.subject, after, of, write: run.writes[after - 1] })
    }
  }
  if (points.strays.length > 0) {
    throw new Error(`Writes escaped the runs they belong to: ${points.strays.join(", ")}`)
  }
  process.stdout.write(`RESULT ${JSON.stringify(crashed)}\n`)
  process.kill(process.pid, "SIGKILL")
}
