import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { verifyDocument } from "../../../lib/crypto/envelope/signature"
import { contentHash } from "../../../lib/hash/content-hash"
import type { InboxVerdict } from "../domain/inbox"
import { isSigned, type RelayPayload } from "../domain/relay-payload"
import { isStorable } from "../domain/storable"
import { receiveAll, type ReceivedDocument } from "../persistence/inbox"
import type { ChannelRow } from "./channel"

/**
 * Puts what a partner sent into the inbox of its connection, in the transaction that took it in. What
 * cannot be applied is kept there with the reason.
 *
 * @returns ids of the rows that wait to be applied
 */
export async function receiveDocuments(
  manager: EntityManager,
  channel: ChannelRow,
  payloads: readonly RelayPayload[]
): Promise<string[]> {
  const received = await receiveAll(
    manager,
    payloads.map((payload) => documentOf(channel, payload))
  )
  return received.filter(({ state }) => state === "new").map(({ id }) => id)
}

function documentOf(channel: ChannelRow, { document, signature }: RelayPayload): ReceivedDocument {
  const from = { store_id: channel.store_id, connection_id: channel.id, sender_id: channel.partner_id, signature }
  if (!isStorable(document.body)) {
    const verdict = malformed("It holds characters that no text may have, or is nested too deep.")
    return { ...from, envelope: { ...document, body: {} }, verdict }
  }
  return { ...from, envelope: document, verdict: signatureVerdict(channel, { document, signature }) }
}

function signatureVerdict(
  { pairing_id, partner_identity_key }: ChannelRow,
  { document, signature }: RelayPayload
): InboxVerdict {
  if (!isSigned(document.type)) {
    return { state: "known" }
  }
  const { type, id, revision, incarnation, body } = document
  const statement = {
    type,
    id,
    revision,
    incarnation,
    content_hash: contentHash(body),
    connection_id: pairing_id,
  }
  const isPartners =
    signature !== undefined && verifyDocument(Buffer.from(partner_identity_key, "base64url"), statement, signature)
  return isPartners ? { state: "known" } : malformed(`The ${type} does not carry the partner's signature.`)
}

const malformed = (reason: string): InboxVerdict => ({ state: "malformed", reason })
