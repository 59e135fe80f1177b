#!/usr/bin/env node
import { RelayConfigError, readRelayConfig } from "./config"
import { errorCode } from "./http/log"
import { startRelay } from "./start-relay"

import { messageOf } from "../lib/errors/message-of"

/**
 * `medusa-wholesale-relay`: runs a node of a relay, configured by environment variables (docs/operations.md), until
 * SIGTERM or SIGINT; a second signal ends it at once. The exit status is 0 only after an orderly end.
 */
async function main(): Promise<void> {
  const relay = await startRelay(readRelayConfig(process.env))
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(1))
      relay.close().then(
        () => process.exit(0),
        () => process.exit(1)
      )
    })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${why(error)}\n`)
  process.exit(1)
})

function why(error: unknown): string {
  if (error instanceof RelayConfigError) {
    return error.message
  }
  const what = messageOf(error)
  return `The relay cannot start: ${what || errorCode(error)}`
}
