import { createHash } from "node:crypto"
import { setTimeout as delay } from "node:timers/promises"

import { readMessageId } from "../../lib/crypto/envelope/message"
import { messageOf } from "../../lib/errors/message-of"
import { RELAY_LIMITS } from "../../lib/relay/limits"
import { relayBackOffSeconds } from "./relay-client/back-off"
import { RelayClient } from "./relay-client/relay-client"
import { RelayError } from "./relay-client/relay-error"
import type { RelayExchange, TakenFromMailbox } from "./relay-exchange"
import type { SendingOutcome } from "./relay/sending"
import type { ChannelRef } from "./relay/upkeep"

/** One of a store's relays. */
export interface StoreRelay {
  readonly store_id: string
  readonly relay_url: string
}

/**
 * How sending a channel's outbox ended: it is empty; it was not there to be had, since somebody else has
 * it or its relay is left alone for now; or the relay kept some of it from going, and may be asked again
 * after so many seconds.
 */
export type SendingEnd =
  | { readonly state: "emptied" | "not_taken" }
  | { readonly state: "held_up"; readonly wait_seconds: number }

/** How long one sender goes on without taking the outbox anew: what it took is lent for a minute. */
const SENDING_MS = 30_000

type Acknowledged = [receive_id: string, message_id: string]

/** What travels between the outbox, the relay and the inbox. Nothing here holds a transaction while it waits. */
export class RelayTraffic {
  private readonly clients = new Map<string, RelayClient>()
  /** What was taken in and the relay has still to be told of; forgotten with the process, it is handed out again. */
  private readonly acknowledged = new Map<string, Acknowledged[]>()

  constructor(
    private readonly exchange: RelayExchange,
    private readonly options: { readonly relayPrivateAddresses: boolean }
  ) {}

  /**
   * The client of a store's relay; the same one each time.
   *
   * @param relay_url the store's own unless given
   * @throws WholesaleError 409 `relay_not_set`, 400 `relay_url_refused`, 500 `master_key_missing`
   */
  async clientOf({ store_id, relay_url }: { store_id: string; relay_url?: string }): Promise<RelayClient> {
    const known = relay_url && this.clients.get(nameOf({ store_id, relay_url }))
    if (known) {
      return known
    }
    const keys = await this.exchange.relayKeys(store_id)
    const origin = relay_url ?? keys.relay_url
    const name = nameOf({ store_id, relay_url: origin })
    const client =
      this.clients.get(name) ??
      new RelayClient({ origin, key: keys.mailbox, privateAddresses: this.options.relayPrivateAddresses })
    this.clients.set(name, client)
    return client
  }

  /**
   * Hands a channel's outbox to the relay, in its order, until it is empty or the relay does not take
   * more. Does nothing where another process does it, or the relay is to be left alone for now.
   *
   * @param options.linger_ms after less than a request takes, for how long more is let come in before the
   *   outbox is looked at again: what is sealed one by one goes out together, at a fraction of the cost
   */
  async sendQueued(ref: ChannelRef, options: { readonly linger_ms?: number } = {}): Promise<SendingEnd> {
    const taken = await this.exchange.beginSending(ref)
    if (!taken) {
      return { state: "not_taken" }
    }
    const { channel, key } = taken
    const relay = { store_id: ref.store_id, relay_url: channel.relay_url }
    const until = Date.now() + SENDING_MS
    let sent = false
    for (;;) {
      const due = Date.now() < until ? await this.exchange.dueMessages(channel.id) : []
      if (due.length === 0) {
        if (await this.exchange.endSending({ ...DONE, id: channel.id, sent })) {
          return await this.sendQueued(ref, options)
        }
        return { state: "emptied" }
      }
      try {
        const client = await this.clientOf(relay)
        const messages = due.map(({ sealed }) => sealed)
        const { accepted, retry_after_seconds } = await client.send(channel.send_id, messages, key)
        await this.exchange.markSent(due.slice(0, accepted))
        sent ||= accepted > 0
        if (accepted < due.length) {
          return await this.holdUp(heldUp(channel, { sent, retry_after_seconds }))
        }
        if (options.linger_ms && due.length < RELAY_LIMITS.sent_messages) {
          await delay(options.linger_ms)
        }
      } catch (error) {
        return await this.holdUp(failed(channel, { sent, error }))
      }
    }
  }

  private async holdUp(outcome: SendingOutcome): Promise<SendingEnd> {
    await this.exchange.endSending(outcome)
    return { state: "held_up", wait_seconds: outcome.wait_seconds }
  }

  /**
   * Takes in what the relay has for a store, and tells it what was taken before. What it handed out and
   * this process did not take in, it hands out again.
   *
   * @returns what was taken in, and what kept a mailbox's messages from it: those wait at the relay
   * @throws RelayError, or the signal's reason
   */
  async receiveOnce(
    relay: StoreRelay,
    wait_seconds: number,
    signal?: AbortSignal
  ): Promise<{ taken: TakenFromMailbox[]; failures: unknown[] }> {
    const client = await this.clientOf(relay)
    const name = nameOf(relay)
    const acknowledge = (this.acknowledged.get(name) ?? []).slice(0, RELAY_LIMITS.acknowledged_messages)
    // A full answer is followed by the next at once, so that only the last of them waits.
    const frames = await client.receive({ wait_seconds, acknowledge }, signal)
    this.acknowledged.set(name, (this.acknowledged.get(name) ?? []).slice(acknowledge.length))

    const mailboxes = new Map<string, Buffer[]>()
    for (const { mailbox, sealed } of frames) {
      const messages = mailboxes.get(mailbox) ?? []
      messages.push(sealed)
      mailboxes.set(mailbox, messages)
    }
    const taken: TakenFromMailbox[] = []
    const failures: unknown[] = []
    for (const [receive_id, messages] of mailboxes) {
      try {
        const outcome = await this.exchange.takeInMessages({ store_id: relay.store_id, receive_id, messages })
        taken.push(...(outcome ? [outcome] : []))
      } catch (error) {
        failures.push(error)
        continue
      }
      const ids = messages.flatMap((sealed) => readMessageId(sealed) ?? [])
      const waiting = this.acknowledged.get(name) ?? []
      this.acknowledged.set(name, [...waiting, ...ids.map((id): Acknowledged => [receive_id, id])])
    }
    return { taken, failures }
  }

  /** Whether the relay has still to be told of messages that were taken in. */
  owesAcknowledgements(relay: StoreRelay): boolean {
    return (this.acknowledged.get(nameOf(relay)) ?? []).length > 0
  }

  /** Destroys the keys of channels that have nothing more to say, and their mailboxes at the relay. */
  async forgetClosed(limit: number): Promise<number> {
    const channels = await this.exchange.channelsToForget({ limit })
    for (const { id, store_id, relay_url, receive_id } of channels) {
      await this.exchange.forgetChannel(id)
      try {
        const client = await this.clientOf({ store_id, relay_url })
        await client.deleteMailbox(receive_id)
      } catch (error) {
        // It expires there by itself, with what lies in it; nobody can read that any more.
        if (!(error instanceof RelayError && error.relay_code === "not_found")) {
          await this.exchange.noteRelay({ store_id, failure: messageOf(error) })
        }
      }
    }
    return channels.length
  }

  /** The mailbox that belongs to a pairing: the same each time it is asked for. */
  async mailboxFor(
    { store_id, relay_url }: StoreRelay,
    sessionId: string
  ): Promise<{ receive_id: string; send_id: string }> {
    const client = await this.clientOf({ store_id, relay_url })
    const reference = createHash("sha256").update(`mailbox of a pairing ${store_id} ${sessionId}`).digest()
    return await client.createMailbox(reference.subarray(0, 16).toString("base64url"))
  }

  close(): void {
    for (const client of this.clients.values()) {
      client.close()
    }
    this.clients.clear()
  }
}

const nameOf = ({ store_id, relay_url }: StoreRelay): string => `${store_id} ${relay_url}`

const DONE = { failure: null, failures: 0, wait_seconds: 0 } as const

interface FailingChannel {
  readonly id: string
  readonly send_failures: number
}

function heldUp(
  { id, send_failures }: FailingChannel,
  { sent, retry_after_seconds }: { sent: boolean; retry_after_seconds?: number }
) {
  const failures = send_failures + 1
  const wait_seconds = relayBackOffSeconds(failures, retry_after_seconds)
  return { id, failure: "The partner's mailbox at the relay is full.", failures, wait_seconds, sent }
}

function failed({ id, send_failures }: FailingChannel, { sent, error }: { sent: boolean; error: unknown }) {
  const failures = send_failures + 1
  const retryAfter = error instanceof RelayError ? error.retry_after_seconds : undefined
  return { id, failure: messageOf(error), failures, wait_seconds: relayBackOffSeconds(failures, retryAfter), sent }
}
