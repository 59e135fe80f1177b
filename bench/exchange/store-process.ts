import { join } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { container } from "@medusajs/framework"
import { asValue } from "@medusajs/framework/awilix"
import { logger } from "@medusajs/framework/logger"
import { MedusaApp } from "@medusajs/framework/modules-sdk"
import {
  ContainerRegistrationKeys,
  createPgConnection,
  isSharedConnectionSymbol,
  Modules,
} from "@medusajs/framework/utils"

import { generateEd25519 } from "../../src/lib/crypto/ed25519"
import { startSession } from "../../src/lib/crypto/session/state"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import { answer } from "../child"
import { benchCatalog, benchDocument } from "./documents"

/** A store as the other side of a channel needs to know it. */
export interface Introduction {
  readonly store_id: string
  readonly relay_url: string
  readonly identity_key: string
  readonly receive_id: string
  readonly send_id: string
}

export interface ChannelInput {
  readonly channel_id: string
  readonly role: "distributor" | "retailer"
  readonly own: Introduction
  readonly partner: Introduction
  /** Hex: what pairing would have left on both sides. */
  readonly root_key: string
  readonly connection_id: string
}

export interface SealingInput {
  readonly channel_id: string
  readonly store_id: string
  readonly count: number
  /** Documents of one call, and how many callers there are at a time. */
  readonly batch: number
  readonly callers: number
}

export interface CatalogInput extends Pick<SealingInput, "channel_id" | "store_id"> {
  readonly revision: number
}

/** What a store's process has taken so far, and how long it kept others waiting since it was asked last. */
export interface Footprint {
  readonly peak_mb: number
  readonly longest_turn_ms: number
}

/** How long the partner may take for what was sealed before something must be wrong. */
const PATIENCE_MS = 120_000
const LOOK_EVERY_MS = 10

/** A backend with one store: the exchange module and its workers as Medusa runs them, and nothing that applies. */
const handlers = {
  /** A mailbox for one channel of the store. */
  async introduce({ store_id, relay_url, name }: { store_id: string; relay_url: string; name: string }): Promise<Introduction> {
    const exchange = await service
    await exchange.setRelay({ store_id, relay_url })
    const { identity } = await exchange.relayKeys(store_id)
    const mailbox = await exchange.traffic.mailboxFor({ store_id, relay_url }, name)
    return { store_id, relay_url, identity_key: identity.public_key.toString("base64url"), ...mailbox }
  },

  async open({ channel_id, role, own, partner, root_key, connection_id }: ChannelInput): Promise<void> {
    const exchange = await service
    const { store_id, relay_url, receive_id } = own
    await exchange.openChannel({
      id: channel_id,
      store_id,
      role,
      relay_url,
      partner_id: partner.store_id,
      partner_identity_key: partner.identity_key,
      verifier: "1234-5678",
      receive_id,
      send_id: partner.send_id,
      send_key: generateEd25519(),
      session: startSession({ root_key: Buffer.from(root_key, "hex"), role, connection_id, now_ms: Date.now() }),
    })
    await exchange.wakeReceiving({ store_id, relay_url })
  },

  /** @returns how many milliseconds it took to put documents into the outbox */
  async seal(input: SealingInput): Promise<number> {
    const started = performance.now()
    await callAll(input, async () => {})
    return performance.now() - started
  },

  /** @returns how many milliseconds it took until the partner had acknowledged them, too, and the outbox was empty */
  async carry(input: SealingInput): Promise<number> {
    const started = performance.now()
    const exchange = await service
    await callAll(input, async (ref) => await exchange.wakeSending(ref))
    await emptied(input.channel_id)
    return performance.now() - started
  },

  /** One large catalog, until the partner has acknowledged all of its parts. */
  async carryCatalog({ channel_id, store_id, revision }: CatalogInput): Promise<void> {
    const exchange = await service
    await exchange.sealDocuments({ store_id, channel_id, documents: [benchCatalog(revision)] })
    await exchange.wakeSending({ id: channel_id, store_id })
    await emptied(channel_id)
  },

  async footprint(): Promise<Footprint> {
    const longest_turn_ms = turns.max / 1e6
    turns.reset()
    return { peak_mb: process.resourceUsage().maxRSS / 1024, longest_turn_ms }
  },
}
export type StoreHandlers = typeof handlers

const connection = createPgConnection({ clientUrl: process.env.DATABASE_URL ?? "" })
const module_ = openModule()
const service = module_.then(({ sharedContainer }) =>
  sharedContainer!.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
)
const turns = monitorEventLoopDelay({ resolution: 5 })
turns.enable()
let made = 0

async function openModule() {
  // Workers have what they took in applied by a workflow.
  container.register(Modules.WORKFLOW_ENGINE, asValue({ run: async () => {} }))
  const app = await MedusaApp({
    modulesConfig: {
      [WHOLESALE_EXCHANGE]: {
        resolve: join(__dirname, "../../src/modules/wholesale-exchange"),
        options: { [isSharedConnectionSymbol]: true },
      },
    },
    injectedDependencies: {
      [ContainerRegistrationKeys.PG_CONNECTION]: connection,
      [ContainerRegistrationKeys.LOGGER]: logger,
      [ContainerRegistrationKeys.CONFIG_MODULE]: {
        projectConfig: { databaseUrl: process.env.DATABASE_URL, redisUrl: process.env.REDIS_URL },
      },
    },
  })
  await app.onApplicationStart()
  return app
}

async function callAll(
  { channel_id, store_id, count, batch, callers }: SealingInput,
  then: (ref: { id: string; store_id: string }) => Promise<void>
): Promise<void> {
  const exchange = await service
  let left = count
  const call = async (): Promise<void> => {
    while (left > 0) {
      const documents = Array.from({ length: Math.min(batch, left) }, () => benchDocument(made++))
      left -= documents.length
      await exchange.sealDocuments({ store_id, channel_id, documents })
      await then({ id: channel_id, store_id })
    }
  }
  await Promise.all(Array.from({ length: callers }, call))
}

async function emptied(channelId: string): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (await hasQueued(channelId)) {
    if (performance.now() > until) {
      throw new Error(`The outbox of ${channelId} does not become empty.`)
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
  }
}

async function hasQueued(channelId: string): Promise<boolean> {
  const { rows } = await connection.raw<{ rows: object[] }>(
    "select id from wholesale_relay_outgoing where channel_id = ? and not is_aside and deleted_at is null limit 1",
    [channelId]
  )
  return rows.length > 0
}

answer(handlers, async () => {
  const { onApplicationPrepareShutdown, onApplicationShutdown } = await module_
  await onApplicationPrepareShutdown()
  await onApplicationShutdown()
  await connection.destroy()
})
