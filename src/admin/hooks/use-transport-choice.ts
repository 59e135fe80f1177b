import { useState } from "react"

import type { Transport } from "../lib/types/relay"
import { useRelay } from "./use-relay"
import { useWholesale } from "./use-wholesale"

export interface TransportChoice {
  readonly transport: Transport
  readonly choose: (transport: Transport) => void
  /** The relay that reaches other platforms; null where there is none that can be used. */
  readonly relayUrl: string | null
  /** False until it is known whether there is a relay. */
  readonly isKnown: boolean
}

/**
 * Where the partner is. Until a person chooses, it is another platform where this one has a single
 * store, which could find no partner here; without a relay it is always this one.
 */
export function useTransportChoice(): TransportChoice {
  const { stores } = useWholesale()
  const { state, error } = useRelay()
  const [chosen, choose] = useState<Transport>()
  const relayUrl = state?.relay && !state.obstacle ? state.relay.relay_url : null
  const likely = stores.length > 1 ? "local" : "relay"
  return {
    transport: relayUrl === null ? "local" : (chosen ?? likely),
    choose,
    relayUrl,
    isKnown: Boolean(state ?? error),
  }
}
