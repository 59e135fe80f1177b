import { setTimeout as delay } from "node:timers/promises"

import { generateEd25519 } from "../../src/lib/crypto/ed25519"
import { RelayClient } from "../../src/modules/wholesale-exchange/relay-client/relay-client"
import { acknowledgementsOf, openMailbox, sealedMessages } from "./mailbox"

export interface WakingFigures {
  readonly median_ms: number
  /** What 95 of 100 are not longer than. */
  readonly high_ms: number
}

const TIMES = 200
const WAIT_SECONDS = 25
/** Long enough for the poll to have looked and to wait. */
const PAUSE_MS = 25

/** From the answer to who sends to the answer to who waits. */
export async function measureWaking({
  polled,
  sent,
}: {
  /** The nodes that the two ask. */
  readonly polled: string
  readonly sent: string
}): Promise<WakingFigures> {
  const { reader, send_id, writer_key } = await openMailbox(polled)
  const sender = new RelayClient({ origin: sent, key: generateEd25519() })
  const late: number[] = []
  let acknowledge: [string, string][] = []
  for (let time = 0; time < TIMES; time++) {
    const woken = reader
      .receive({ wait_seconds: WAIT_SECONDS, acknowledge })
      .then((frames) => ({ frames, at: performance.now() }))
    await delay(PAUSE_MS)
    await sender.send(send_id, sealedMessages(1), writer_key)
    const answered = performance.now()
    const { frames, at } = await woken
    late.push(at - answered)
    acknowledge = acknowledgementsOf(frames)
  }
  reader.close()
  sender.close()
  late.sort((left, right) => left - right)
  return { median_ms: late[TIMES / 2], high_ms: late[Math.ceil(TIMES * 0.95) - 1] }
}
