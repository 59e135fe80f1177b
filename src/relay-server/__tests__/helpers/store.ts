import { randomBytes } from "node:crypto"

import { generateEd25519, type Ed25519KeyPair } from "../../../lib/crypto/ed25519"
import { readMailboxFrames, writeFrames, type MailboxFrame } from "../../../lib/relay/frames"
import { signRequest } from "../../../lib/relay/request-signature"

/** What a sealed message has around its padded payload; the smallest pads to 32 bytes. */
const OVERHEAD = 119

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  /** The body as JSON. */
  json<Body>(): Body
}

export interface Mailbox {
  readonly receive_id: string
  readonly send_id: string
}

export interface CallOptions {
  readonly signal?: AbortSignal
  /** Headers over the signed ones. */
  readonly headers?: Record<string, string>
  /** By another clock than this machine's. */
  readonly time_ms?: number
}

/** A store as a relay sees it: a key that signs requests to one of its nodes. */
export class Store {
  constructor(
    private readonly node: { readonly origin: string },
    readonly key: Ed25519KeyPair = generateEd25519()
  ) {}

  /** The same store at another node. */
  at(node: { readonly origin: string }): Store {
    return new Store(node, this.key)
  }

  async call(method: string, path: string, body?: Buffer | object, options: CallOptions = {}): Promise<Answer> {
    const bytes =
      body === undefined ? Buffer.alloc(0) : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    const { origin } = this.node
    const signed = signRequest(this.key, { origin, method, path, body: bytes }, options.time_ms ?? Date.now())
    return await fetchAnswer(`${origin}${path}`, {
      method,
      headers: { ...signed, ...options.headers },
      signal: options.signal,
      ...(method !== "GET" && bytes.length > 0 && { body: bytes }),
    })
  }

  async openMailbox(): Promise<Mailbox> {
    return (await this.call("POST", "/v1/mailboxes", { ref: id() })).json<Mailbox>()
  }

  async send(sendId: string, messages: readonly Buffer[]): Promise<Answer> {
    return await this.call("POST", `/v1/send/${sendId}`, writeFrames(messages))
  }

  async receive(
    body: { wait_seconds?: number; limit?: number; acknowledge?: readonly MailboxFrame[] } = {},
    options: CallOptions = {}
  ): Promise<MailboxFrame[]> {
    const acknowledge = (body.acknowledge ?? []).map(({ mailbox, sealed }) => [mailbox, messageId(sealed)])
    const answer = await this.call("POST", "/v1/receive", { wait_seconds: 0, ...body, acknowledge }, options)
    const frames = answer.status === 200 ? readMailboxFrames(answer.bytes) : undefined
    if (!frames) {
      throw new Error(`receive answered ${answer.status} ${answer.bytes.toString()}`)
    }
    return frames
  }

  async openSlot(
    session_id = id(32),
    ttl_seconds = 600
  ): Promise<{ slot: string; session_id: string; expires_at: string }> {
    const answer = await this.call("POST", "/v1/slots", { session_id, ttl_seconds })
    return { session_id, ...answer.json<{ slot: string; expires_at: string }>() }
  }

  async begin(slot: { slot: string; session_id: string }, message = pairingMessage()): Promise<Answer> {
    return await this.call("POST", "/v1/attempts", { slot: slot.slot, session_id: slot.session_id, message })
  }

  async beginId(slot: { slot: string; session_id: string }, message = pairingMessage()): Promise<string> {
    return (await this.begin(slot, message)).json<{ attempt_id: string }>().attempt_id
  }

  async sendStep(attempt: string, step: number, message = pairingMessage()): Promise<Answer> {
    return await this.call("POST", `/v1/attempts/${attempt}/messages`, { step, message })
  }

  async waitStep(attempt: string, step: number, wait_seconds = 0): Promise<Answer> {
    return await this.call("POST", `/v1/attempts/${attempt}/wait`, { step, wait_seconds })
  }
}

export async function fetchAnswer(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init)
  const bytes = Buffer.from(await response.arrayBuffer())
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    json: <Body>() => JSON.parse(bytes.toString()) as Body,
  }
}

/** An id as stores choose them: random bytes in base64url. */
export const id = (bytes = 16): string => randomBytes(bytes).toString("base64url")

export const pairingMessage = (bytes = 66): string => randomBytes(bytes).toString("base64url")

/** Bytes that a relay takes for a sealed message, for it can open none. */
export const sealedMessage = (padded = 1_024): Buffer => randomBytes(padded + OVERHEAD)

export const sealedMessages = (count: number, padded?: number): Buffer[] =>
  Array.from({ length: count }, () => sealedMessage(padded))

/** A sealed message with the id of another and other bytes. */
export function withIdOf(sealed: Buffer, padded?: number): Buffer {
  const other = sealedMessage(padded)
  sealed.copy(other, 10, 10, 26)
  return other
}

export const messageId = (sealed: Buffer): string => sealed.toString("hex", 10, 26)
