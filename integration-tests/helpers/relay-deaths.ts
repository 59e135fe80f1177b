import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_CONNECTION } from "../../src/modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../src/modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type { RelayClient } from "../../src/modules/wholesale-exchange/relay-client/relay-client"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import type { RelayStop } from "./relay-stops"

/** Where a backend that carries documents dies. */
export const TRADE_STEPS = [
  "sealed, nobody woken",
  "accepted by the relay, not marked as sent",
  "handed out, not taken in",
  "taken in, not applied",
  "applied, not acknowledged",
] as const
/** Where the distributor's backend dies that answers who enters its code. */
export const ANSWER_STEPS = [
  "message 2 sent",
  "the code used",
  "the channel stored",
  "message 4 sent",
] as const
/** Where the retailer's backend dies that enters a code. */
export const ENTER_STEPS = [
  "message 2 read, message 3 not sent",
  "message 3 sent",
  "message 4 read",
  "the channel stored, no connection",
  "the connection stored, not announced",
] as const

/** A request in the middle of which the relay dies. */
interface RelayDeath extends Omit<RelayStop, "step" | "signer"> {
  readonly whose: "distributor" | "retailer"
}

/** Where the relay dies that carries the distributor's approval to the retailer. */
export const RELAY_TRADE_DEATHS = {
  "stored, not answered": { whose: "distributor", request: "POST /v1/send/", after: "all" },
  "handed out, not answered": { whose: "retailer", request: "POST /v1/receive", after: "all" },
  "handed out, not acknowledged": { whose: "retailer", request: "POST /v1/receive", nth: 2, after: 0 },
  "acknowledged, not answered": { whose: "retailer", request: "POST /v1/receive", nth: 2, after: "all" },
} as const satisfies Record<string, RelayDeath>

/**
 * Where the relay dies at which two stores pair. Whoever waits there for the other one is cut off with it: the distributor
 * for somebody who enters the code, and each for the other's next message.
 */
export const RELAY_PAIRING_DEATHS = {
  "the slot lent, not answered": { whose: "distributor", request: "POST /v1/slots", after: "all" },
  "the slot found, not answered": { whose: "retailer", request: "GET /v1/slots/", after: "all" },
  "the retailer's mailbox made, not answered": { whose: "retailer", request: "POST /v1/mailboxes", after: "all" },
  "the attempt begun, not answered": { whose: "retailer", request: "POST /v1/attempts", after: "all" },
  "the attempt handed out, not answered": { whose: "distributor", request: "POST /v1/slots/wait", after: "all" },
  "the distributor's mailbox made, not answered": { whose: "distributor", request: "POST /v1/mailboxes", after: "all" },
  "message 2 stored, not answered": { whose: "distributor", request: "POST /v1/attempts/", after: "all" },
  "message 2 handed out, not answered": { whose: "retailer", request: "POST /v1/attempts/", after: "all" },
  "message 3 stored, not answered": { whose: "retailer", request: "POST /v1/attempts/", nth: 2, after: "all" },
  "message 3 handed out, not answered": { whose: "distributor", request: "POST /v1/attempts/", nth: 2, after: "all" },
  "message 4 stored, nobody woken": { whose: "distributor", request: "POST /v1/attempts/", nth: 3, after: 1 },
  "message 4 stored, not answered": { whose: "distributor", request: "POST /v1/attempts/", nth: 3, after: "all" },
  "message 4 handed out, not answered": { whose: "retailer", request: "POST /v1/attempts/", nth: 3, after: "all" },
} as const satisfies Record<string, RelayDeath>

export type TradeStep = (typeof TRADE_STEPS)[number]
export type AnswerStep = (typeof ANSWER_STEPS)[number]
export type EnterStep = (typeof ENTER_STEPS)[number]
export type DeathStep = TradeStep | AnswerStep | EnterStep

interface Side {
  readonly store_id: string
  /** The store's connection, and so its channel. */
  readonly connection_id: string
}

const NEVER = new Promise<never>(() => undefined)

/**
 * Lets the work of single stores stop for good at named steps, each once the step before it has had its
 * effect: it waits there for the SIGKILL that ends the process, and with it all of them at once.
 */
export class Deaths {
  private readonly exchange: WholesaleExchangeModuleService
  private readonly connections: WholesaleConnectionModuleService

  constructor(
    container: MedusaContainer,
    private readonly reached: (step: DeathStep) => void
  ) {
    this.exchange = container.resolve(WHOLESALE_EXCHANGE)
    this.connections = container.resolve(WHOLESALE_CONNECTION)
  }

  trade(step: TradeStep, { store_id, connection_id }: Side): void {
    const { exchange } = this
    const { traffic } = exchange
    const stop = () => this.stop(step)
    switch (step) {
      case "sealed, nobody woken": {
        const wake = exchange.wakeSending.bind(exchange)
        exchange.wakeSending = async (ref) => await (ref.id === connection_id ? stop() : wake(ref))
        return
      }
      case "accepted by the relay, not marked as sent": {
        // Nor does it hear any more that the partner has them.
        this.stopTakingIn(store_id)
        const [mark, due] = [exchange.markSent.bind(exchange), exchange.dueMessages.bind(exchange)]
        const ids = new Set<string>()
        exchange.dueMessages = async (channelId, ...context) => {
          const messages = await due(channelId, ...context)
          messages.forEach(({ id }) => channelId === connection_id && ids.add(id))
          return messages
        }
        exchange.markSent = async (messages, ...context) =>
          await (messages.some(({ id }) => ids.has(id)) ? stop() : mark(messages, ...context))
        return
      }
      case "handed out, not taken in": {
        this.stopTakingIn(store_id, step)
        return
      }
      case "taken in, not applied": {
        const pending = exchange.pendingInbox.bind(exchange)
        exchange.pendingInbox = async (input, ...context) => {
          const rows = await pending(input, ...context)
          return rows.some((row) => row.store_id === store_id) ? await stop() : rows
        }
        return
      }
      case "applied, not acknowledged": {
        const [receive, send] = [traffic.receiveOnce.bind(traffic), traffic.sendQueued.bind(traffic)]
        const apply = exchange.markApplied.bind(exchange)
        let took = false
        traffic.receiveOnce = async (relay, ...rest) => {
          if (relay.store_id !== store_id) {
            return await receive(relay, ...rest)
          }
          // The next time the relay would hear that it need not keep them.
          const received = took ? await NEVER : await receive(relay, ...rest)
          took = received.taken.some(({ inbox_ids }) => inbox_ids.length > 0)
          return received
        }
        traffic.sendQueued = async (ref) => await (ref.id === connection_id ? NEVER : send(ref))
        exchange.markApplied = async (input, ...context) => {
          await apply(input, ...context)
          const [row] = await exchange.listWholesaleInboxDocuments({ id: input.id }, { select: ["id", "store_id"] })
          // Nothing stops here: those of other stores are applied by the same worker.
          if (row?.store_id === store_id) {
            this.reached(step)
          }
        }
        return
      }
    }
  }

  async answer(step: AnswerStep, store_id: string): Promise<void> {
    const client = await this.exchange.traffic.clientOf({ store_id })
    const { connections, exchange } = this
    if (step === "message 2 sent") {
      this.stopSending(client, 2, "after", step)
    } else if (step === "message 4 sent") {
      this.stopSending(client, 4, "after", step)
    } else if (step === "the code used") {
      const use = connections.useRelayCode.bind(connections)
      connections.useRelayCode = async (input, ...context) => {
        const used = await use(input, ...context)
        return input.store_id === store_id ? await this.stop(step) : used
      }
    } else {
      const open = exchange.openChannel.bind(exchange)
      exchange.openChannel = async (channel, ...context) => {
        await open(channel, ...context)
        if (channel.store_id === store_id) {
          await this.stop(step)
        }
      }
    }
  }

  async enter(step: EnterStep, store_id: string): Promise<void> {
    const client = await this.exchange.traffic.clientOf({ store_id })
    const { connections, exchange } = this
    if (step === "message 2 read, message 3 not sent") {
      this.stopSending(client, 3, "before", step)
    } else if (step === "message 3 sent") {
      this.stopSending(client, 3, "after", step)
    } else if (step === "message 4 read") {
      const open = exchange.openChannel.bind(exchange)
      exchange.openChannel = async (channel, ...context) =>
        await (channel.store_id === store_id ? this.stop(step) : open(channel, ...context))
    } else if (step === "the channel stored, no connection") {
      const record = connections.recordGuess.bind(connections)
      connections.recordGuess = async (guess, ...context) =>
        await (guess.store_id === store_id ? this.stop(step) : record(guess, ...context))
    } else {
      const retrieve = exchange.retrieveChannel.bind(exchange)
      exchange.retrieveChannel = async (ref, ...context) =>
        await (ref.store_id === store_id ? this.stop(step) : retrieve(ref, ...context))
    }
  }

  private stopTakingIn(storeId: string, death?: DeathStep): void {
    const { exchange } = this
    const take = exchange.takeInMessages.bind(exchange)
    exchange.takeInMessages = async (input, ...context) => {
      if (input.store_id === storeId) {
        await (death ? this.stop(death) : NEVER)
      }
      return await take(input, ...context)
    }
  }

  private stopSending(client: RelayClient, step: 2 | 3 | 4, when: "before" | "after", death: DeathStep): void {
    const send = client.sendStep.bind(client)
    client.sendStep = async (input) => {
      if (input.step === step && when === "before") {
        await this.stop(death)
      }
      await send(input)
      if (input.step === step) {
        await this.stop(death)
      }
    }
  }

  private async stop(step: DeathStep): Promise<never> {
    this.reached(step)
    return await NEVER
  }
}
