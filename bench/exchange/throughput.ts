import { generateEd25519 } from "../../src/lib/crypto/ed25519"
import { RelayClient } from "../../src/modules/wholesale-exchange/relay-client/relay-client"
import { acknowledgementsOf, openMailbox, sealedMessages, type Mailbox } from "./mailbox"

const MESSAGES = 20_000
/** Messages of one request to send, and such requests at a time. */
const BATCH = 10
const SENDERS = 16
const WAIT_SECONDS = 25

/**
 * Messages a second that are sent, received and acknowledged through as many mailboxes of as many
 * stores, each of which waits for its own.
 */
export async function measureThroughput(origin: string, count: number): Promise<number> {
  const mailboxes: Mailbox[] = []
  await shared(count, async () => {
    mailboxes.push(await openMailbox(origin))
  })
  const sender = new RelayClient({ origin, key: generateEd25519() })
  const started = performance.now()
  await Promise.all([
    shared(MESSAGES / BATCH, async (index) => {
      const { send_id, writer_key } = mailboxes[index % count]
      await sender.send(send_id, sealedMessages(BATCH), writer_key)
    }),
    ...mailboxes.map((mailbox) => receiveAll(mailbox, MESSAGES / count)),
  ])
  const seconds = (performance.now() - started) / 1_000
  sender.close()
  mailboxes.forEach(({ reader }) => reader.close())
  return MESSAGES / seconds
}

/** As a store does: what the last answer brought is acknowledged with the next request. */
async function receiveAll({ reader }: Mailbox, count: number): Promise<void> {
  let left = count
  let acknowledge: [string, string][] = []
  while (left > 0 || acknowledge.length > 0) {
    const frames = await reader.receive({ wait_seconds: left > 0 ? WAIT_SECONDS : 0, acknowledge })
    acknowledge = acknowledgementsOf(frames)
    left -= frames.length
  }
}

/** Does so many pieces of work, some of them at a time. */
async function shared(pieces: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < pieces) {
      await work(next++)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, worker))
}
