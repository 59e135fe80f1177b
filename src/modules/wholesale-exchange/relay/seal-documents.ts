import { setImmediate as letOthersRun } from "node:timers/promises"

import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { ed25519Signer, type Ed25519KeyPair, type Ed25519Signer } from "../../../lib/crypto/ed25519"
import { splitDocument } from "../../../lib/crypto/envelope/chunks"
import { signDocument } from "../../../lib/crypto/envelope/signature"
import { rekeyDue } from "../../../lib/crypto/session/rekey"
import { send, sendOffer } from "../../../lib/crypto/session/send"
import type { SessionState } from "../../../lib/crypto/session/state"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { contentHash } from "../../../lib/hash/content-hash"
import { DOCUMENT_BYTES, DOCUMENT_VALUES, isModest, isSigned, writePayload } from "../domain/relay-payload"
import type { TravellingDocument } from "../domain/travelling-document"
import { lockChannel, writeChannel, type ChannelRow, type OpenChannel } from "./channel"
import { editionKey, queuedEditions, queueMessages, type QueuedMessage } from "./outbox"
import type { Vault } from "./vault"

/** How many messages may wait for a partner that does not answer. */
const QUEUE_LIMIT = 20_000

export interface DocumentsToSeal {
  readonly channel_id: string
  readonly store_id: string
  readonly documents: readonly TravellingDocument[]
  /** The store's, to sign with. */
  readonly identity: Ed25519KeyPair
}

/**
 * Seals documents for the channel's partner and puts them into the outbox, all in the caller's
 * transaction: from its commit on they are under way. An edition that is under way already is not
 * sealed again.
 *
 * @throws WholesaleError 409 `channel_not_open` with its status and what to do
 * @throws WholesaleError 503 `relay_queue_full`
 */
export async function sealDocuments(
  manager: EntityManager,
  vault: Vault,
  { channel_id, store_id, documents, identity }: DocumentsToSeal
): Promise<void> {
  const channel = requireOpen(await lockChannel(manager, vault, { id: channel_id, store_id }), channel_id)
  const queued = await queuedEditions(manager, channel_id, documents)
  const editions = new Map(documents.map((document) => [editionKey(document), document]))
  const fresh = [...editions].flatMap(([edition, document]) => (queued.has(edition) ? [] : [document]))
  if (fresh.length === 0) {
    return
  }
  const { session, messages } = await sealAll(channel, fresh, identity)
  await queueMessages(manager, channel.row, messages)
  await writeChannel(manager, vault, { ...channel, session })
}

async function sealAll(
  { row, session }: OpenChannel,
  documents: readonly TravellingDocument[],
  identity: Ed25519KeyPair
): Promise<{ session: SessionState; messages: QueuedMessage[] }> {
  const surroundings = { now_ms: Date.now() }
  const messages: QueuedMessage[] = []
  const signer = ed25519Signer(identity)
  let state = session
  if (rekeyDue(state, surroundings.now_ms)) {
    const offered = sendOffer(state, surroundings)
    state = offered.state
    if (offered.message) {
      messages.push({ message: offered.message })
    }
  }
  for (const document of documents) {
    assertRoom(row, state)
    const chunks = splitDocument(payloadOf(row, document, signer))
    for (const chunk of chunks) {
      if (chunks.length > 1) {
        await letOthersRun()
      }
      const sent = send(state, { type: "document", ...chunk }, surroundings)
      state = sent.state
      messages.push({ message: sent.message, document })
    }
  }
  return { session: state, messages }
}

function payloadOf(row: ChannelRow, document: TravellingDocument, signer: Ed25519Signer): Buffer {
  const { type, id, revision, incarnation, body } = document
  const payload = writePayload({
    document,
    ...(isSigned(type) && {
      signature: signDocument(signer, {
        type,
        id,
        revision,
        incarnation,
        content_hash: contentHash(body),
        connection_id: row.pairing_id,
      }),
    }),
  })
  if (!isModest(payload)) {
    throw new WholesaleError(
      413,
      "document_too_large",
      `The ${type} ${id} has ${payload.length} bytes, and partners take at most ${DOCUMENT_BYTES} bytes and ` +
        `${DOCUMENT_VALUES} values: publish fewer items.`,
      { type, id, bytes: payload.length, limit: DOCUMENT_BYTES, values_limit: DOCUMENT_VALUES }
    )
  }
  return payload
}

/** @throws WholesaleError 409 `channel_not_open` */
export function requireOpen(channel: OpenChannel | undefined, id: string): OpenChannel {
  if (channel?.row.status === "open") {
    return channel
  }
  const status = channel?.row.status ?? "closed"
  const way =
    status === "desync"
      ? "The two sides contradict each other, as after a restored backup: revoke it and pair again."
      : "Pair again to trade with this partner."
  throw new WholesaleError(
    409,
    "channel_not_open",
    `Connection ${id} cannot send by its relay: its channel is ${status}. ${way}`,
    { id, status, reason: channel?.row.desync_reason ?? null }
  )
}

function assertRoom({ id }: ChannelRow, { sent, acknowledged }: SessionState): void {
  const waiting = sent.sequence - acknowledged
  if (waiting >= QUEUE_LIMIT) {
    throw new WholesaleError(
      503,
      "relay_queue_full",
      `${waiting} messages wait for the partner of connection ${id}, which has not answered for long; the limit is ${QUEUE_LIMIT}.`,
      { id, waiting, limit: QUEUE_LIMIT }
    )
  }
}
