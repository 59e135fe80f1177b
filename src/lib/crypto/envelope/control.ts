import { readUint64, uint32, uint64 } from "../encoding"
import { HASH_BYTES } from "./layout"

const PUBLIC_KEY_BYTES = 32

/** Payload of a receipt and of a heartbeat: how far the sender of it has applied its partner's messages. */
export interface Acknowledgement {
  /** Every message up to this sequence is applied; 0: none yet. */
  readonly through: number
  /** SHA-256 of that sealed message, 32 zeros for none: it shows which one was applied. */
  readonly sealed_hash: Uint8Array
}

/** Payload of a gap request: messages that did not come, both ends included. */
export interface GapRequest {
  readonly from: number
  readonly to: number
}

/** Payload of an offer to rekey, and of what accepts it. */
export interface RekeyPublic {
  /** The epoch it is to begin. */
  readonly epoch: number
  /** X25519, 32 bytes, made for this epoch. */
  readonly public_key: Uint8Array
}

export const writeAcknowledgement = ({ through, sealed_hash }: Acknowledgement): Buffer =>
  Buffer.concat([uint64(through), sealed_hash])

/** Undefined for what is none; so are the others below. */
export function readAcknowledgement(payload: Buffer): Acknowledgement | undefined {
  const through = payload.length === 8 + HASH_BYTES ? readUint64(payload, 0) : undefined
  return through === undefined ? undefined : { through, sealed_hash: payload.subarray(8) }
}

export const writeGapRequest = ({ from, to }: GapRequest): Buffer => Buffer.concat([uint64(from), uint64(to)])

export function readGapRequest(payload: Buffer): GapRequest | undefined {
  const [from, to] = payload.length === 16 ? [readUint64(payload, 0), readUint64(payload, 8)] : []
  return from !== undefined && to !== undefined && from >= 1 && from <= to ? { from, to } : undefined
}

export const writeRekeyPublic = ({ epoch, public_key }: RekeyPublic): Buffer =>
  Buffer.concat([uint32(epoch), public_key])

export function readRekeyPublic(payload: Buffer): RekeyPublic | undefined {
  return payload.length === 4 + PUBLIC_KEY_BYTES
    ? { epoch: payload.readUInt32BE(0), public_key: payload.subarray(4) }
    : undefined
}
