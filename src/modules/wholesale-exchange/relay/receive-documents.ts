import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { verifyDocument, type SignedDocument } from "../../../lib/crypto/envelope/signature"
import { isSigned, type RelayPayload } from "../domain/relay-payload"
import { isStorable } from "../domain/storable"
import { receiveLocked, type ReceivedDocument } from "../persistence/inbox"
import type { ChannelRow } from "./channel"
import { contentHashInParts } from "./content-hash-in-parts"

/**
 * Puts what a partner sent into the inbox of its connection, in the transaction that took it in and holds
 * its channel. What cannot be applied is kept there with the reason.
 *
 * @returns ids of the rows that wait to be applied
 */
export async function receiveDocuments(
  manager: EntityManager,
  channel: ChannelRow,
  payloads: readonly RelayPayload[]
): Promise<string[]> {
  const documents: ReceivedDocument[] = []
  for (const payload of payloads) {
    documents.push(await documentOf(channel, payload))
  }
  const received = await receiveLocked(manager, documents)
  return received.filter(({ state }) => state === "new").map(({ id }) => id)
}

async function documentOf(channel: ChannelRow, { document, signature }: RelayPayload): Promise<ReceivedDocument> {
  const from = { store_id: channel.store_id, connection_id: channel.id, sender_id: channel.partner_id }
  if (!isStorable(document.body)) {
    const reason = "It holds characters that no text may have, or is nested too deep."
    return { ...from, envelope: { ...document, body: {} }, verdict: { state: "malformed", reason } }
  }
  const { type, id, revision, incarnation, body } = document
  const content_hash = await contentHashInParts(body)
  const came = { ...from, envelope: document, content_hash }
  if (!isSigned(type)) {
    return came
  }
  const statement = { type, id, revision, incarnation, content_hash, connection_id: channel.pairing_id }
  return isPartners(channel, statement, signature)
    ? { ...came, signature }
    : { ...came, verdict: { state: "malformed", reason: `The ${type} does not carry the partner's signature.` } }
}

const isPartners = (
  { partner_identity_key }: ChannelRow,
  statement: SignedDocument,
  signature: RelayPayload["signature"]
): boolean =>
  signature !== undefined && verifyDocument(Buffer.from(partner_identity_key, "base64url"), statement, signature)
