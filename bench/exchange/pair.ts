import { randomBytes } from "node:crypto"
import { join } from "node:path"

import { startChild, type ChildSettings } from "../child"
import type { Footprint, SealingInput, StoreHandlers } from "./store-process"

/** Two stores, each in a process and on a database of its own, and a channel between them. */
export interface StorePair {
  readonly sender_id: string
  /** Seals documents; comes back with how many milliseconds it took until the other store had acknowledged all of them. */
  carry(input: Sealing): Promise<number>
  /** Seals documents for a partner that is never told. @returns milliseconds */
  sealUnheard(input: Sealing): Promise<number>
  /** The largest catalog, until it is acknowledged. */
  carryCatalog(revision: number): Promise<void>
  footprints(): Promise<{ readonly sender: Footprint; readonly receiver: Footprint }>
  end(): Promise<void>
}

type Sealing = Omit<SealingInput, "channel_id" | "store_id">

export interface PairSettings extends ChildSettings {
  readonly relay_url: string
  readonly databases: readonly [sender: string, receiver: string]
  /** What wakes the workers of each instead of its database. */
  readonly redis_urls?: readonly [sender: string, receiver: string]
}

const SCRIPT = join(__dirname, "store-process.ts")
const HEARD = "whcon_heard"
const UNHEARD = "whcon_unheard"

export async function openPair({ relay_url, databases, redis_urls, ...settings }: PairSettings): Promise<StorePair> {
  const [sender, receiver] = databases.map((database, index) =>
    startChild<StoreHandlers>(SCRIPT, {
      ...settings,
      env: {
        ...settings.env,
        DATABASE_URL: database,
        REDIS_URL: redis_urls?.[index] ?? "",
        WHOLESALE_MASTER_KEY: randomBytes(32).toString("base64"),
      },
    })
  )
  for (const channel_id of [HEARD, UNHEARD]) {
    const secret = { root_key: randomBytes(32).toString("hex"), connection_id: randomBytes(16).toString("hex") }
    const own = await sender.ask("introduce", { store_id: "sender", relay_url, name: channel_id })
    const partner = await receiver.ask("introduce", { store_id: "receiver", relay_url, name: channel_id })
    await sender.ask("open", { channel_id, role: "distributor", own, partner, ...secret })
    await receiver.ask("open", { channel_id, role: "retailer", own: partner, partner: own, ...secret })
  }
  const ref = { store_id: "sender", channel_id: HEARD }
  return {
    sender_id: ref.store_id,
    carry: async (input) => await sender.ask("carry", { ...ref, ...input }),
    sealUnheard: async (input) => await sender.ask("seal", { ...ref, ...input, channel_id: UNHEARD }),
    carryCatalog: async (revision) => await sender.ask("carryCatalog", { ...ref, revision }),
    footprints: async () => ({ sender: await sender.ask("footprint"), receiver: await receiver.ask("footprint") }),
    end: async () => {
      await Promise.all([sender.end(), receiver.end()])
    },
  }
}
