import { hash } from "node:crypto"

import { readUint64, uint32, uint64 } from "../encoding"
import { CHUNK_BYTES, HASH_BYTES, MANIFEST_BYTES } from "./layout"

/** What one message carries of a document. */
export interface DocumentChunk {
  readonly chunk_index: number
  readonly chunk_count: number
  readonly payload: Uint8Array
}

/** A chunk as it came, with the sequence of its message: those of one document follow one another. */
export interface ReceivedChunk extends DocumentChunk {
  readonly sequence: number
}

export type Assembled =
  | { readonly state: "complete"; readonly document: Buffer }
  /** Sequences of the chunks that have not come yet. */
  | { readonly state: "incomplete"; readonly missing: readonly number[] }
  /** The document is larger than the cap, or its chunks and manifest do not belong together. */
  | { readonly state: "refused"; readonly reason: "too_large" | "mismatch" }

/**
 * Cuts a document into what its messages carry, in their order: itself where it fits into one, else
 * 256 KiB each, the first after a manifest. Chunks are parts of the document's own memory.
 */
export function splitDocument(document: Uint8Array): DocumentChunk[] {
  const chunk_count = chunkCount(document.length)
  return Array.from({ length: chunk_count }, (_, chunk_index) => {
    const bytes = document.subarray(chunk_index * CHUNK_BYTES, (chunk_index + 1) * CHUNK_BYTES)
    const isFirstOfMany = chunk_index === 0 && chunk_count > 1
    return { chunk_index, chunk_count, payload: isFirstOfMany ? Buffer.concat([manifestOf(document), bytes]) : bytes }
  })
}

/** The sequence of a document's first chunk, which names the document among those that are being received. */
export const firstSequence = ({ sequence, chunk_index }: Omit<ReceivedChunk, "payload">): number =>
  sequence - chunk_index

/**
 * Puts a document together from its chunks, in any order and with repetitions. It takes the memory of
 * the chunks it says it has, and never more than the cap and one chunk.
 *
 * @param capBytes the largest document that is taken
 */
export function assemble(chunks: Iterable<ReceivedChunk>, capBytes: number): Assembled {
  let first: ReceivedChunk | undefined
  let whole = Buffer.alloc(0)
  let manifest: Manifest | undefined
  const lengths = new Map<number, number>()

  for (const chunk of chunks) {
    if (!first) {
      const { least, most } = declaredBytes(chunk)
      if (least > capBytes) {
        return { state: "refused", reason: "too_large" }
      }
      first = chunk
      whole = Buffer.allocUnsafeSlow(most)
    }
    const { chunk_index, chunk_count } = chunk
    const read = readChunk(chunk)
    if (!read || chunk_count !== first.chunk_count || firstSequence(chunk) !== firstSequence(first)) {
      return { state: "refused", reason: "mismatch" }
    }
    const place = whole.subarray(chunk_index * CHUNK_BYTES, chunk_index * CHUNK_BYTES + read.bytes.length)
    const known = lengths.get(chunk_index)
    if (known === undefined) {
      place.set(read.bytes)
      lengths.set(chunk_index, read.bytes.length)
    } else if (known !== read.bytes.length || !place.equals(read.bytes)) {
      return { state: "refused", reason: "mismatch" }
    }
    manifest ??= read.manifest
    if (manifest && manifest.total_bytes > capBytes) {
      return { state: "refused", reason: "too_large" }
    }
  }
  return finished({ first, whole, manifest, lengths })
}

interface Manifest {
  readonly total_bytes: number
  readonly sha256: Uint8Array
}

function finished({
  first,
  whole,
  manifest,
  lengths,
}: {
  first: ReceivedChunk | undefined
  whole: Buffer
  manifest: Manifest | undefined
  lengths: ReadonlyMap<number, number>
}): Assembled {
  if (!first) {
    return { state: "incomplete", missing: [] }
  }
  const { chunk_count } = first
  if (lengths.size < chunk_count) {
    const indexes = Array.from({ length: chunk_count }, (_, index) => index)
    const start = firstSequence(first)
    return { state: "incomplete", missing: indexes.filter((it) => !lengths.has(it)).map((it) => start + it) }
  }
  const total = [...lengths.values()].reduce((sum, length) => sum + length, 0)
  const document = whole.subarray(0, total)
  const agrees =
    !manifest || (manifest.total_bytes === total && hash("sha256", document, "buffer").equals(manifest.sha256))
  return agrees ? { state: "complete", document } : { state: "refused", reason: "mismatch" }
}

/** Between which lengths a document is that has such a chunk. */
function declaredBytes({ chunk_count, payload }: DocumentChunk): { least: number; most: number } {
  return chunk_count === 1
    ? { least: payload.length, most: payload.length }
    : { least: (chunk_count - 1) * CHUNK_BYTES + 1, most: chunk_count * CHUNK_BYTES }
}

/** A chunk's part of the document; undefined where its length or place cannot be. */
function readChunk({
  chunk_index,
  chunk_count,
  payload,
}: DocumentChunk): { bytes: Uint8Array; manifest?: Manifest } | undefined {
  if (chunk_index >= chunk_count) {
    return undefined
  }
  if (chunk_count === 1) {
    return payload.length <= CHUNK_BYTES ? { bytes: payload } : undefined
  }
  const isFirst = chunk_index === 0
  const bytes = isFirst ? payload.subarray(MANIFEST_BYTES) : payload
  const isLast = chunk_index === chunk_count - 1
  if (isLast ? bytes.length === 0 || bytes.length > CHUNK_BYTES : bytes.length !== CHUNK_BYTES) {
    return undefined
  }
  if (!isFirst) {
    return { bytes }
  }
  const manifest = readManifest(payload, chunk_count)
  return manifest && { bytes, manifest }
}

function manifestOf(document: Uint8Array): Buffer {
  const sha256 = hash("sha256", document, "buffer")
  return Buffer.concat([uint64(document.length), sha256, uint32(chunkCount(document.length))])
}

/** Undefined where its count is not the one of its chunks, or not that of a document of its length. */
function readManifest(payload: Uint8Array, chunk_count: number): Manifest | undefined {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, MANIFEST_BYTES)
  const total_bytes = readUint64(bytes, 0)
  const end = 8 + HASH_BYTES
  if (total_bytes === undefined || chunkCount(total_bytes) !== chunk_count || bytes.readUInt32BE(end) !== chunk_count) {
    return undefined
  }
  return { total_bytes, sha256: bytes.subarray(8, end) }
}

const chunkCount = (bytes: number): number => Math.max(1, Math.ceil(bytes / CHUNK_BYTES))
