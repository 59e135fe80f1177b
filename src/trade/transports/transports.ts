import { localTransport } from "./local"
import { relayTransport } from "./relay"
import type { Transport } from "./transport"

const TRANSPORTS: readonly Transport[] = [localTransport, relayTransport]

/** The transport of a connection, by the name it carries. */
export function transportNamed(name: string): Transport {
  const transport = TRANSPORTS.find((candidate) => candidate.name === name)
  if (!transport) {
    throw new Error(`There is no transport "${name}".`)
  }
  return transport
}
