import { readRelayConfig } from "../../src/relay-server/config"
import { startRelay } from "../../src/relay-server/start-relay"
import { answer } from "../child"

/** A node of a relay; its environment is its configuration. */
const handlers = {
  async origin(): Promise<string> {
    return (await node).origin
  },
}
export type RelayHandlers = typeof handlers

const node = startRelay(readRelayConfig(process.env))
answer(handlers, async () => await (await node).close())
