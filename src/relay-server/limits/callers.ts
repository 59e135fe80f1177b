import type { FastifyRequest } from "fastify"

import { lengthPrefixed } from "../../lib/crypto/encoding"
import { keyedHash } from "../../lib/crypto/keyed-hash"
import { callerAddress } from "./address"

const HASH_BYTES = 12

/** Who asks, as far as limits need to know: hashes under the relay's secret, from which neither can be read. */
export interface Caller {
  readonly key_hash: Buffer
  readonly address_hash: Buffer
}

/** Makes hashes of keys and addresses that all nodes make alike. */
export class Callers {
  constructor(private readonly secret: Buffer) {}

  of(request: Pick<FastifyRequest, "ip" | "signer">): Caller {
    return { key_hash: this.keyHash(request.signer), address_hash: this.hash("address", callerAddress(request.ip)) }
  }

  keyHash(key: Buffer): Buffer {
    return this.hash("key", key)
  }

  private hash(kind: string, what: string | Buffer): Buffer {
    return Buffer.from(keyedHash(this.secret, lengthPrefixed(kind, what)), "hex").subarray(0, HASH_BYTES)
  }
}
