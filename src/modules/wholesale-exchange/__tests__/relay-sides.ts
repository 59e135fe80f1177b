import { randomBytes } from "node:crypto"

import type { SuiteOptions } from "@medusajs/test-utils"

import { generateEd25519 } from "../../../lib/crypto/ed25519"
import type { Role } from "../../../lib/crypto/envelope/direction-key"
import { sealMessage } from "../../../lib/crypto/envelope/message"
import { partnerOf, sendingKey, startSession, type SessionState } from "../../../lib/crypto/session/state"
import type { TravellingDocument } from "../domain/travelling-document"
import WholesaleExchangeModuleService from "../service"

export const RELAY = "https://relay.example.com"

type Database = SuiteOptions["MikroOrmWrapper"]
type WorkerMode = NonNullable<ConstructorParameters<typeof WholesaleExchangeModuleService>[2]>
type Frame = Parameters<typeof sealMessage>[1]

/** A store's end of a channel. */
export interface Side {
  readonly id: string
  readonly store_id: string
  readonly role: Role
  readonly receive_id: string
}

export interface Pair {
  readonly distributor: Side
  readonly retailer: Side
  readonly root_key: Buffer
  readonly pairing_id: string
}

/** The module as another process has it: on the same database, with caches of its own. */
export const anotherProcess = (
  service: WholesaleExchangeModuleService,
  options: object
): WholesaleExchangeModuleService => new WholesaleExchangeModuleService(Reflect.get(service, "__container__"), options)

/** The same with a host: what Medusa is configured with, how this process may work, and a log that nobody reads. */
export function hostedProcess(
  service: WholesaleExchangeModuleService,
  { projectConfig, options, declaration }: { projectConfig: object; options: object; declaration: WorkerMode }
): WholesaleExchangeModuleService {
  const host: Record<string | symbol, unknown> = {
    configModule: { projectConfig },
    logger: { error: () => {}, warn: () => {} },
  }
  const injected = new Proxy(Reflect.get(service, "__container__") as object, {
    get: (container, name) => host[name] ?? Reflect.get(container, name),
  })
  return new WholesaleExchangeModuleService(injected, options, declaration)
}

/** A document that says its number and what else it is given. */
export const document = (revision: number, given: Partial<TravellingDocument> = {}): TravellingDocument => ({
  type: "catalog",
  id: "doc_1",
  revision,
  incarnation: 1,
  issued_at: "2026-11-30T10:00:00.000Z",
  ...given,
  body: { version: 1, revision, ...given.body },
})

interface Mailbox {
  readonly receive_id: string
  readonly send_id: string
}

interface PairOptions {
  readonly distributor?: string
  readonly retailer?: string
  readonly name?: string
  readonly relay_url?: string
  /** At that relay; unless given there are none. */
  readonly mailboxes?: Readonly<Record<Role, Mailbox>>
}

const receiving = (mailbox: Mailbox | undefined) => mailbox && { receive_id: mailbox.receive_id }

/** Opens both ends of a channel between two stores of this database. */
export async function openPair(
  service: WholesaleExchangeModuleService,
  { distributor = "distributor", retailer = "retailer", name = "1", relay_url = RELAY, mailboxes }: PairOptions = {}
): Promise<Pair> {
  const stores = { distributor, retailer }
  const pairing_id = randomBytes(16).toString("hex")
  const pair: Pair = {
    distributor: { ...sideOf("distributor", distributor, name), ...receiving(mailboxes?.distributor) },
    retailer: { ...sideOf("retailer", retailer, name), ...receiving(mailboxes?.retailer) },
    root_key: randomBytes(32),
    pairing_id,
  }
  for (const store_id of [distributor, retailer]) {
    if (!(await service.relayOf(store_id))) {
      await service.setRelay({ store_id, relay_url })
    }
  }
  for (const { role, ...ref } of [pair.distributor, pair.retailer]) {
    const partner = stores[partnerOf(role)]
    const { identity } = await service.relayKeys(partner)
    await service.openChannel({
      ...ref,
      role,
      relay_url,
      partner_id: partner,
      partner_identity_key: identity.public_key.toString("base64url"),
      verifier: "1234-5678",
      send_id: mailboxes?.[partnerOf(role)].send_id ?? pair[partnerOf(role)].receive_id,
      send_key: generateEd25519(),
      session: freshSession(pair, role),
    })
  }
  return pair
}

const sideOf = (role: Role, store_id: string, name: string): Side => ({
  id: `whcon_${role}_${name}`,
  store_id,
  role,
  receive_id: `mailbox of ${store_id} ${name}`,
})

/** A side's state as pairing left it. */
export const freshSession = ({ root_key, pairing_id }: Pick<Pair, "root_key" | "pairing_id">, role: Role): SessionState =>
  startSession({ root_key: Buffer.from(root_key), role, connection_id: pairing_id, now_ms: Date.now() })

/** A message that only the holder of a side's keys could seal, and that its software never would. */
export function forge(state: SessionState, frame: Partial<Frame> = {}): Buffer {
  return sealMessage(sendingKey(state), {
    type: "document",
    sequence: state.sent.sequence + 1,
    time_ms: Date.now(),
    previous_hash: Buffer.from(state.sent.hash, "base64"),
    chunk_index: 0,
    chunk_count: 1,
    payload: Buffer.alloc(0),
    ...frame,
  }).bytes
}

/** What tests do with the ends of channels, in one or several processes. */
export function sides(service: WholesaleExchangeModuleService, database: Database) {
  const execute = async <Row extends object = object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    await database.forkManager().execute<Row[]>(sql, values)

  const seal = async ({ id, store_id }: Side, ...documents: TravellingDocument[]): Promise<void> =>
    await service.sealDocuments({ store_id, channel_id: id, documents })

  /** All that waits to be sent, as a relay is handed it. */
  const outgoing = async ({ id }: Side): Promise<Buffer[]> => {
    const messages: Buffer[] = []
    for (;;) {
      const due = await service.dueMessages(id)
      if (due.length === 0) {
        return messages
      }
      await service.markSent(due)
      messages.push(...due.map(({ sealed }) => sealed))
    }
  }

  const takeIn = async ({ store_id, receive_id }: Side, messages: readonly Buffer[]) =>
    await service.takeInMessages({ store_id, receive_id, messages })

  const channel = async ({ id, store_id }: Side) => await service.retrieveChannel({ id, store_id })

  /** Brings all that waits from one side to the other. */
  const carry = async (from: Side, to: Side) => await takeIn(to, await outgoing(from))

  /** As an honest relay does, both ways until nothing is left. */
  const settle = async ({ distributor, retailer }: Pick<Pair, "distributor" | "retailer">): Promise<void> => {
    for (;;) {
      const [down, up] = [await outgoing(distributor), await outgoing(retailer)]
      if (down.length + up.length === 0) {
        return
      }
      await takeIn(retailer, down)
      await takeIn(distributor, up)
    }
  }

  /** As if the last request for missing messages, and the last sending, were a while ago. */
  const passTime = async ({ id }: Side): Promise<void> => {
    await execute("update wholesale_relay_channel set gap_asked_at = gap_asked_at - interval '1 minute' where id = ?", [id])
    await execute("update wholesale_relay_outgoing set sent_at = sent_at - interval '1 minute' where channel_id = ?", [id])
  }

  /** A heartbeat each way, and what follows from it. */
  const beatBoth = async (pair: Pick<Pair, "distributor" | "retailer">): Promise<void> => {
    for (const side of [pair.distributor, pair.retailer]) {
      await passTime(side)
      await service.beat(side)
    }
    await settle(pair)
  }

  /** Documents in a side's inbox, in their order. */
  const inbox = async ({ id }: Side) =>
    await execute<{ document_id: string; revision: number; status: string; error: string | null }>(
      `select document_id, revision, status, error from wholesale_inbox_document
       where connection_id = ? order by created_at, id`,
      [id]
    )
  const revisions = async (side: Side): Promise<number[]> => (await inbox(side)).map(({ revision }) => revision)

  return { execute, seal, outgoing, takeIn, channel, carry, settle, passTime, beatBoth, inbox, revisions }
}
