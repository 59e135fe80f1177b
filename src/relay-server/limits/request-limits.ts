import type { FastifyRequest } from "fastify"

import type { RelayRates } from "../config"
import { rationed } from "../relay-error"
import { callerAddress } from "./address"
import { nodeLimiter, type Limiter } from "./limiters"

/** How often one may ask at all. Counted by each node for itself, in memory, so that it costs nothing. */
export class RequestLimits {
  private readonly addresses: Limiter
  private readonly keys: Limiter

  constructor(rates: RelayRates) {
    this.addresses = nodeLimiter("address", rates.requests_per_address)
    this.keys = nodeLimiter("key", rates.requests_per_key)
  }

  /** Before anything else. @throws RelayError 429 `rate_limited` */
  async countAddress(request: FastifyRequest): Promise<void> {
    await countOne(this.addresses, callerAddress(request.ip))
  }

  /** Once it is known who asks. @throws RelayError 429 `rate_limited` */
  async countKey(request: FastifyRequest): Promise<void> {
    await countOne(this.keys, request.signer.toString("base64url"))
  }
}

async function countOne(limiter: Limiter, caller: string): Promise<void> {
  const { is_over, retry_after_seconds } = await limiter.count(caller)
  if (is_over) {
    throw rationed("rate_limited", "Too many requests.", retry_after_seconds)
  }
}
