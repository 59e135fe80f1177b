import type { ChannelAnswer } from "./answers"
import { eventually } from "./eventually"
import type { Partnership } from "./pairing"
import { WHOLESALE, type Trader, type Traders } from "./traders"

interface ReceivedDocument {
  readonly document_type: string
  readonly status: string
  readonly error: string | null
}

/** Tells both stores by which relay they reach partners elsewhere, and asks it whether it is there. */
export async function useRelay({ distributor, retailer, terminal }: Traders, relay_url: string): Promise<void> {
  for (const { client, store } of [distributor, retailer]) {
    await client.post(`${WHOLESALE}/relay`, { relay_url })
    const { relay_check } = await client.post<{ relay_check: { version: string; took_ms: number } }>(
      `${WHOLESALE}/relay/check`
    )
    terminal.step("Relay set", `${store.name}: ${relay_url}, version ${relay_check.version}, in ${relay_check.took_ms} ms`)
  }
}

export async function channelOf({ client }: Trader, connectionId: string): Promise<ChannelAnswer> {
  const { connection } = await client.get<{ connection: { channel: ChannelAnswer } }>(
    `${WHOLESALE}/connections/${connectionId}`
  )
  return connection.channel
}

/**
 * Waits until neither store has anything under way any more.
 *
 * @returns the verifier of the channel
 * @throws Error where a document was not applied, or the stores are out of step
 */
export async function settle(traders: Traders, partnership: Partnership): Promise<string> {
  const { distributor, retailer, terminal } = traders
  const ends = [
    { trader: distributor, connection: partnership.sells_over },
    { trader: retailer, connection: partnership.buys_over },
  ]
  const applied: string[] = []
  for (const { trader, connection } of ends) {
    await eventually(`${trader.store.name} has nothing under way`, async () => {
      const { status, queued, missing } = await channelOf(trader, connection)
      return status === "open" && queued === 0 && missing === 0 ? true : undefined
    })
    applied.push(`${await countApplied(trader)} by ${trader.store.name}`)
  }
  terminal.step("Documents received", `${applied.join(", ")}; nothing is under way`)
  const [{ verifier }] = await Promise.all(ends.map(({ trader, connection }) => channelOf(trader, connection)))
  return verifier
}

async function countApplied({ client, store }: Trader): Promise<number> {
  return await eventually(`${store.name} applied what it received`, async () => {
    const { received_documents } = await client.get<{ received_documents: ReceivedDocument[] }>(
      `${WHOLESALE}/received-documents?limit=200`
    )
    const broken = received_documents.find(({ status }) => !["received", "applied", "ignored"].includes(status))
    if (broken) {
      throw new Error(`A ${broken.document_type} was not applied by ${store.name}: ${broken.status}, ${broken.error}`)
    }
    const waiting = received_documents.filter(({ status }) => status === "received")
    return waiting.length === 0 ? received_documents.length : undefined
  })
}
