import { once } from "node:events"
import type { ExecArgs } from "@medusajs/framework/types"

import type { Role } from "../../src/lib/crypto/envelope/direction-key"
import { RelayClient } from "../../src/modules/wholesale-exchange/relay-client/relay-client"
import { CrashPoints } from "./crash-points"
import { CHANNEL_SCENES, ChannelEnds, channelScene, type ChannelSceneName, type ChannelSubject } from "./relay-crash-scenes"

/** A scene in which one side died with the process or, for `last` "all", came to its end. */
export interface CrashedChannel {
  readonly scene: ChannelSceneName
  readonly role: Role
  readonly subject: ChannelSubject
  /** What was made durable last, here or at the relay. */
  readonly last: string
}

/**
 * Runs under `medusa exec` beside the test, see `startServerProcess`; given the relay's URL. Every scene runs once for
 * each boundary, on a channel of its own, and stops there; then the process kills itself with SIGKILL, and all of them
 * die at once.
 */
export default async function channelCrashInProcess({ container, args }: ExecArgs): Promise<void> {
  const ends = new ChannelEnds(container, JSON.parse(args[0]) as string)
  process.stdout.write("READY\n")
  await once(process.stdin, "data")

  const points = new CrashPoints(container)
  const { send, receive, deleteMailbox } = RelayClient.prototype
  RelayClient.prototype.send = async function (...given) {
    return await points.answered("the relay has stored", send.apply(this, given))
  }
  RelayClient.prototype.receive = async function (...given) {
    return await points.answered("the relay has handed out", receive.apply(this, given))
  }
  RelayClient.prototype.deleteMailbox = async function (...given) {
    return await points.answered("the relay has deleted", deleteMailbox.apply(this, given))
  }

  const crashed: CrashedChannel[] = []
  for (const name of Object.keys(CHANNEL_SCENES) as ChannelSceneName[]) {
    const scene = channelScene(name)
    for (const role of scene.roles) {
      let stopped = true
      for (let after = 1; stopped; after++) {
        const subject = await ends.open(role)
        await scene.prepare?.(ends, subject)
        const run = await points.run(after, () => scene.act(ends, subject))
        if (run.error) {
          throw run.error
        }
        stopped = run.stopped
        crashed.push({ scene: name, role, subject, last: stopped ? run.writes[after - 1] : "all" })
      }
    }
  }
  if (points.strays.length > 0) {
    throw new Error(`Writes escaped the runs they belong to: ${points.strays.join(", ")}`)
  }
  process.stdout.write(`RESULT ${JSON.stringify(crashed)}\n`)
  process.kill(process.pid, "SIGKILL")
}
