import { setImmediate as letOthersRun } from "node:timers/promises"

import { assemble, firstSequence, type ReceivedChunk } from "../../../lib/crypto/envelope/chunks"
import type { DirectionKey } from "../../../lib/crypto/envelope/direction-key"
import { openMessage } from "../../../lib/crypto/envelope/message"
import type { ReceivedMessage } from "../../../lib/crypto/session/receive"
import { DOCUMENT_BYTES, readPayload } from "../domain/relay-payload"
import { placeOf, type Batch } from "./batch"
import { hasChunks, releaseChunks, waitingMessages } from "./incoming"

/**
 * Takes a document, or a part of one. The parts wait sealed as they came until the last one makes the
 * document whole; all were sealed under one epoch, so that the keys which open the last open all.
 *
 * @param keys as they were when the message was opened
 */
export async function takeDocument(
  batch: Batch,
  message: ReceivedMessage,
  { sealed, keys }: { sealed: Buffer; keys: readonly DirectionKey[] }
): Promise<void> {
  const { chunk_index, chunk_count, sequence } = message
  if (await beginsInsideAnother(batch, message)) {
    batch.desync = "malformed"
    return
  }
  if (chunk_index < chunk_count - 1) {
    batch.incoming.set(sequence, { ...placeOf(message), state: "chunk", waiting: sealed })
    return
  }
  batch.incoming.set(sequence, { ...placeOf(message), state: "taken" })
  const document = chunk_count === 1 ? message.payload : await wholeDocument(batch, message, keys)
  const payload = document && readPayload(document)
  if (payload) {
    batch.documents.push(payload)
  } else {
    batch.desync = "malformed"
  }
}

/** Parts of at most one document wait at a time. */
async function beginsInsideAnother(
  { manager, channel, incoming }: Batch,
  { chunk_index, chunk_count, sequence }: ReceivedMessage
): Promise<boolean> {
  if (chunk_index > 0 || chunk_count === 1) {
    return false
  }
  const isOpenHere = [...incoming.values()].some((it) => it.state === "chunk" && it.sequence < sequence)
  return isOpenHere || (await hasChunks(manager, channel.row.id))
}

async function wholeDocument(
  batch: Batch,
  last: ReceivedMessage,
  keys: readonly DirectionKey[]
): Promise<Buffer | undefined> {
  const { manager, channel, incoming } = batch
  const range = { from: firstSequence(last), to: last.sequence }
  const before = await waitingMessages(manager, channel.row.id, "chunk", range)
  const chunks: ReceivedChunk[] = []
  for (let sequence = range.from; sequence < range.to; sequence++) {
    const here = incoming.get(sequence)
    const sealed = here?.waiting ?? before.get(sequence)
    const opened = sealed && openMessage(keys, sealed)
    if (!opened) {
      return undefined
    }
    const { chunk_index, chunk_count, payload } = opened
    chunks.push({ sequence, chunk_index, chunk_count, payload })
    before.delete(sequence)
    if (here) {
      incoming.set(sequence, { ...here, state: "taken", waiting: undefined })
    }
    await letOthersRun()
  }
  await releaseChunks(manager, channel.row.id, range)
  const assembled = assemble([...chunks, last], DOCUMENT_BYTES)
  return assembled.state === "complete" ? assembled.document : undefined
}
