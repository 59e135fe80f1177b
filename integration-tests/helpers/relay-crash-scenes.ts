import { randomBytes } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"

import { generateEd25519 } from "../../src/lib/crypto/ed25519"
import type { Role } from "../../src/lib/crypto/envelope/direction-key"
import { partnerOf, startSession } from "../../src/lib/crypto/session/state"
import { WHOLESALE_EXCHANGE } from "../../src/modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../src/modules/wholesale-exchange/service"
import { RelayedStores } from "./relayed-stores"

/** One side of a channel. */
export interface ChannelEnd {
  readonly store_id: string
  readonly id: string
}

/** A channel, one side of which dies. Its documents are kept by name, and nothing is made of them. */
export interface ChannelSubject {
  readonly killed: ChannelEnd
  readonly partner: ChannelEnd
}

/** More than one request carries, either way: chunks of 256 KiB, and both take 4 MiB at most. */
const LARGE_BYTES = 5 * 1024 * 1024

/** The ends of channels between stores of one database that reach each other by a relay, driven by hand. */
export class ChannelEnds {
  readonly exchange: WholesaleExchangeModuleService
  private readonly stores: RelayedStores
  private readonly partners = new Map<Role, string>()
  private opened = 0

  constructor(
    container: MedusaContainer,
    private readonly relay_url: string
  ) {
    this.exchange = container.resolve(WHOLESALE_EXCHANGE)
    this.stores = new RelayedStores(container, relay_url)
  }

  /** A channel as pairing leaves it, of a store of its own with one that has many. */
  async open(role: Role): Promise<ChannelSubject> {
    this.opened += 1
    const other = partnerOf(role)
    const partner = this.partners.get(other) ?? (await this.stores.open(`Partner, ${other}`, other))
    this.partners.set(other, partner)
    const store = await this.stores.open(`Killed ${role} ${this.opened}`, role)
    const pairing_id = randomBytes(16).toString("hex")
    const root = randomBytes(32)
    const ends = [
      { store_id: store, role, id: `whcon_killed_${role}_${this.opened}` },
      { store_id: partner, role: other, id: `whcon_partner_${role}_${this.opened}` },
    ]
    const shown = await Promise.all(
      ends.map(async ({ store_id }) => ({
        mailbox: await this.exchange.traffic.mailboxFor({ store_id, relay_url: this.relay_url }, pairing_id),
        identity: (await this.exchange.relayKeys(store_id)).identity.public_key.toString("base64url"),
      }))
    )
    for (const [index, end] of ends.entries()) {
      const [own, others] = [shown[index], shown[1 - index]]
      await this.exchange.openChannel({
        ...end,
        relay_url: this.relay_url,
        partner_id: ends[1 - index].store_id,
        partner_identity_key: others.identity,
        verifier: "1234-5678",
        receive_id: own.mailbox.receive_id,
        send_id: others.mailbox.send_id,
        send_key: generateEd25519(),
        session: startSession({ root_key: Buffer.from(root), role: end.role, connection_id: pairing_id, now_ms: Date.now() }),
      })
    }
    const [killed, kept] = ends.map(({ id, store_id }) => ({ id, store_id }))
    return { killed, partner: kept }
  }

  async seal({ id, store_id }: ChannelEnd, name: string, bytes = 0): Promise<void> {
    const body = { version: 1, text: "x".repeat(bytes) }
    const document = { type: "catalog", id: name, revision: 1, incarnation: 1, issued_at: new Date().toISOString(), body }
    await this.exchange.sealDocuments({ store_id, channel_id: id, documents: [document] })
  }

  async send(end: ChannelEnd): Promise<void> {
    await this.exchange.traffic.sendQueued(end)
  }

  async receive({ store_id }: ChannelEnd): Promise<void> {
    await this.exchange.traffic.receiveOnce({ store_id, relay_url: this.relay_url }, 0)
  }

  /** Seals a document and brings it to the other side. */
  async tell(from: ChannelEnd, to: ChannelEnd, name: string): Promise<void> {
    await this.seal(from, name)
    await this.send(from)
    await this.receive(to)
  }

  /** What waits in one side's outbox goes to the other, and what that answers comes back to the relay. */
  async answer(from: ChannelEnd, to: ChannelEnd): Promise<void> {
    await this.send(from)
    await this.receive(to)
    await this.send(to)
  }
}

/** What one side does over a channel, brought to where it begins. */
interface ChannelScene {
  readonly roles: readonly Role[]
  prepare?(ends: ChannelEnds, subject: ChannelSubject): Promise<unknown>
  act(ends: ChannelEnds, subject: ChannelSubject): Promise<unknown>
  /** Documents that the partner, and that the killed side has in the end; each once. */
  readonly sent?: readonly string[]
  readonly received?: readonly string[]
  /** How often both have mixed in new keys in the end. The channel is closed on both sides instead. */
  readonly epoch: number | "closed"
}

const BOTH = ["distributor", "retailer"] as const
const receives = (ends: ChannelEnds, { killed }: ChannelSubject) => ends.receive(killed)

/** Forgetting takes whatever is to be forgotten in the whole database: it comes first. */
export const CHANNEL_SCENES = {
  "destroys the keys of a revoked channel": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.exchange.closeChannel(killed)
      await ends.answer(killed, partner)
      await ends.receive(killed)
    },
    act: (ends) => ends.exchange.traffic.forgetClosed(100),
    epoch: "closed",
  },
  revokes: {
    roles: BOTH,
    prepare: (ends, { killed }) => ends.seal(killed, "before"),
    act: async (ends, { killed }) => {
      await ends.exchange.closeChannel(killed)
      await ends.send(killed)
    },
    sent: ["before"],
    epoch: "closed",
  },
  "hears that the partner has taken its revoke": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.exchange.closeChannel(killed)
      await ends.answer(killed, partner)
    },
    act: receives,
    epoch: "closed",
  },
  "takes a revoke": {
    roles: BOTH,
    prepare: async (ends, { partner }) => {
      await ends.seal(partner, "before")
      await ends.exchange.closeChannel(partner)
      await ends.send(partner)
    },
    act: async (ends, { killed }) => {
      await ends.receive(killed)
      await ends.send(killed)
    },
    received: ["before"],
    epoch: "closed",
  },
  "offers new keys": {
    roles: BOTH,
    act: async (ends, { killed }) => {
      await ends.exchange.rekey(killed)
      await ends.send(killed)
    },
    epoch: 1,
  },
  "takes an offer, and answers": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.seal(killed, "under the old keys")
      await ends.exchange.rekey(partner)
      await ends.send(partner)
    },
    act: async (ends, { killed }) => {
      await ends.receive(killed)
      await ends.send(killed)
    },
    sent: ["under the old keys"],
    epoch: 1,
  },
  "takes an offer that crosses its own": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.exchange.rekey(killed)
      await ends.exchange.rekey(partner)
      await ends.send(partner)
      await ends.send(killed)
    },
    act: receives,
    epoch: 1,
  },
  "takes the answer to its offer": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.exchange.rekey(killed)
      await ends.answer(killed, partner)
    },
    act: receives,
    epoch: 1,
  },
  "destroys the old keys, having offered new ones": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.exchange.rekey(killed)
      await ends.answer(killed, partner)
      await ends.receive(killed)
      await ends.seal(partner, "under the new keys")
      await ends.send(partner)
    },
    act: receives,
    received: ["under the new keys"],
    epoch: 1,
  },
  "destroys the old keys, having taken new ones": {
    roles: BOTH,
    prepare: async (ends, { killed, partner }) => {
      await ends.exchange.rekey(partner)
      await ends.answer(partner, killed)
      await ends.receive(partner)
      await ends.seal(partner, "under the new keys")
      await ends.send(partner)
    },
    act: receives,
    received: ["under the new keys"],
    epoch: 1,
  },
  "sends a catalog in chunks": {
    roles: ["distributor"],
    act: async (ends, { killed }) => {
      await ends.seal(killed, "large", LARGE_BYTES)
      await ends.send(killed)
    },
    sent: ["large"],
    epoch: 0,
  },
  "takes a catalog in chunks": {
    roles: ["retailer"],
    prepare: async (ends, { partner }) => {
      await ends.seal(partner, "large", LARGE_BYTES)
      await ends.send(partner)
    },
    act: async (ends, { killed }) => {
      await ends.receive(killed)
      await ends.receive(killed)
      await ends.send(killed)
    },
    received: ["large"],
    epoch: 0,
  },
} as const satisfies Record<string, ChannelScene>

export type ChannelSceneName = keyof typeof CHANNEL_SCENES

export const channelScene = (name: ChannelSceneName): ChannelScene => CHANNEL_SCENES[name]
