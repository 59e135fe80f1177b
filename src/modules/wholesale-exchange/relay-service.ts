import { setMaxListeners } from "node:events"

import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { container } from "@medusajs/framework"
import type {
  ConfigModule,
  Context,
  InternalModuleDeclaration,
  IWorkflowEngineService,
  Logger,
} from "@medusajs/framework/types"
import { InjectManager, MedusaContext, Modules } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"
import { everyRow } from "../../lib/sql/key-page"
import { managerOf } from "../../lib/sql/transaction"
import { RelayExchange } from "./relay-exchange"
import { RelayTraffic, type StoreRelay } from "./relay-traffic"
import { channelSummary, type ChannelSummary } from "./relay/channel-summary"
import { hasUnsent } from "./relay/sending"
import { unconfirmedChannels } from "./relay/unconfirmed"
import type { ChannelRef } from "./relay/upkeep"
import { RelayWorkers } from "./workers/relay-workers"

/** Workflows that the workers run by their names: modules know none. */
const APPLY_INBOX = "wholesale-apply-inbox"
const ANSWER_PAIRINGS = "wholesale-answer-pairings"

const HEARTBEATS_AT_ONCE = 500
const FORGOTTEN_AT_ONCE = 20
const STORES_REACHED_AT_ONCE = 8

interface Injected {
  readonly configModule?: Pick<ConfigModule, "projectConfig">
  readonly logger?: Logger
}

/** The relay as it runs in this process: its clients, its queues and, where the process may work, its workers. */
export abstract class RelayService extends RelayExchange {
  /** What goes over the network. */
  readonly traffic: RelayTraffic
  protected readonly injected_: Injected
  private readonly mayWork_: boolean
  private readonly ending_ = new AbortController()
  private workers_?: RelayWorkers

  constructor(injected: Injected, options?: unknown, declaration?: Partial<InternalModuleDeclaration>) {
    super(injected, options)
    // What the container injects is resolved when it is read.
    this.injected_ = { configModule: injected.configModule, logger: injected.logger }
    this.mayWork_ = this.options_.relayWorkers && declaration?.worker_mode !== "server"
    this.traffic = new RelayTraffic(this, this.options_)
    // One for each store that waits at a relay.
    setMaxListeners(0, this.ending_.signal)
  }

  /** Makes every document that could not be read due once more. */
  abstract retryUnsupported(): Promise<number>

  __hooks = {
    onApplicationStart: async (): Promise<void> => {
      if (this.mayWork_) {
        // This release may read what the one before could not.
        await this.retryUnsupported()
      }
      const relays = await this.relaysToPoll()
      const workers = relays.length > 0 && (await this.usableWorkers_())
      if (workers && this.mayWork_) {
        await Promise.all(relays.map(async (relay) => await this.wakeReceiving(relay)))
      }
    },
    onApplicationPrepareShutdown: async (): Promise<void> => {
      await this.workers_?.close()
      this.workers_ = undefined
    },
    onApplicationShutdown: async (): Promise<void> => this.traffic.close(),
  }

  /** Whether something came into a channel's outbox that the relay does not have. */
  @InjectManager()
  async hasUnsent(
    channelId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    return await hasUnsent(managerOf(sharedContext), channelId)
  }

  /** Open channels that are a day old and over which nothing ever came, a page at a time. */
  @InjectManager()
  async unconfirmedChannels(
    page: { limit: number; after?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ChannelRef[]> {
    return await unconfirmedChannels(managerOf(sharedContext), page)
  }

  /** The store's channels in numbers. */
  @InjectManager()
  async channelSummary(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ChannelSummary> {
    return await channelSummary(managerOf(sharedContext), storeId)
  }

  /** Wakes who sends over the channel. Never fails: what stays unsent the sweeper sends. */
  async wakeSending(ref: ChannelRef): Promise<void> {
    await this.wake_((workers) => workers.wakeSending(ref))
  }

  /** Wakes who asks the relay for the store's messages. Never fails, like the others. */
  async wakeReceiving(relay: StoreRelay): Promise<void> {
    await this.wake_(async (workers) => void (await workers.wakeReceiving(relay)))
  }

  /** Wakes who answers when somebody enters one of the store's codes. */
  async wakePairing(relay: StoreRelay): Promise<void> {
    await this.wake_((workers) => workers.wakePairing(relay))
  }

  /** Ends with the process: what waits at a relay stops waiting. */
  get relayEnding(): AbortSignal {
    return this.ending_.signal
  }

  /**
   * What no wake-up, or a process that died, left behind: heartbeats that are due, outboxes that are not
   * empty, stores that nobody asks the relay for, keys that are to be destroyed. Safe in any number of
   * processes.
   *
   * @returns a line about what was done, for people to read
   */
  async sweepRelay(): Promise<string[]> {
    const done: string[] = []
    const relays = await this.relaysToPoll()
    if (relays.length === 0 || (await this.relayObstacle())) {
      return done
    }
    await this.beatDue({ limit: HEARTBEATS_AT_ONCE })
    for await (const ref of everyRow((page) => this.channelsToSend(page))) {
      await this.traffic.sendQueued(ref)
    }
    await this.reach_(relays)
    const forgotten = await this.traffic.forgetClosed(FORGOTTEN_AT_ONCE)
    return forgotten ? [...done, `the keys of ${forgotten} ended channels were destroyed`] : done
  }

  /** The queues of this process, made when they are first needed; undefined where it has none. */
  private async usableWorkers_(): Promise<RelayWorkers | undefined> {
    const { configModule, logger } = this.injected_
    const { databaseUrl, redisUrl, databaseDriverOptions } = configModule?.projectConfig ?? {}
    if (this.workers_ || !databaseUrl || !logger || !this.options_.relayWorkers || this.ending_.signal.aborted) {
      return this.workers_
    }
    const obstacle = await this.relayObstacle()
    if (obstacle) {
      logger.error(`Wholesale: partners on other platforms are not reached. ${obstacle.message}`)
      return undefined
    }
    this.workers_ ??= new RelayWorkers({
      exchange: this,
      traffic: this.traffic,
      ending: this.ending_,
      log: logger,
      settings: { redis_url: redisUrl, database_url: databaseUrl, ssl: sslOf(databaseDriverOptions) },
      errands: {
        applyInbox: async (ids) => await run(APPLY_INBOX, { ids, limit: ids.length }),
        answerPairings: async (relay) => await run(ANSWER_PAIRINGS, relay),
      },
    })
    if (this.mayWork_) {
      this.workers_.start()
    }
    return this.workers_
  }

  /** Has the stores' relays asked, by workers or, where the queue takes nothing, here and now. */
  private async reach_(relays: readonly StoreRelay[]): Promise<void> {
    const waiting = relays.values()
    const reachNext = async (): Promise<void> => {
      for (const relay of waiting) {
        await this.wake_((workers) => reach(workers, relay))
      }
    }
    await Promise.all(Array.from({ length: STORES_REACHED_AT_ONCE }, reachNext))
  }

  private async wake_(waking: (workers: RelayWorkers) => Promise<void>): Promise<void> {
    try {
      const workers = await this.usableWorkers_()
      await (workers && waking(workers))
    } catch (error) {
      this.injected_.logger?.warn(
        `Wholesale: a worker of the relay was not woken, the sweeper goes on: ${messageOf(error)}`
      )
    }
  }
}

/** @throws what the queue failed of, after the relay was asked all the same */
async function reach(workers: RelayWorkers, relay: StoreRelay): Promise<void> {
  let isWoken = false
  try {
    isWoken = await workers.wakeReceiving(relay)
  } finally {
    if (!isWoken) {
      await workers.receiveWaiting(relay)
    }
  }
}

async function run(workflow: string, input: object): Promise<void> {
  await container.resolve<IWorkflowEngineService>(Modules.WORKFLOW_ENGINE).run(workflow, { input })
}

/** As the host connects to the same database itself. */
function sslOf(driverOptions: unknown): boolean | object | undefined {
  if (typeof driverOptions !== "object" || driverOptions === null) {
    return undefined
  }
  const connection = "connection" in driverOptions ? driverOptions.connection : driverOptions
  const ssl = typeof connection === "object" && connection !== null && "ssl" in connection ? connection.ssl : undefined
  return typeof ssl === "boolean" || (typeof ssl === "object" && ssl !== null) ? ssl : undefined
}
