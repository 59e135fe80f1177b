import type { Ed25519KeyPair } from "../../../lib/crypto/ed25519"
import type { MailboxFrame } from "../../../lib/relay/frames"
import { RELAY_LIMITS } from "../../../lib/relay/limits"
import * as given from "./arguments"
import { connectGuard, type Resolve } from "./connect-guard"
import * as expect from "./expected-answers"
import type { TimeLimits } from "./http-exchange"
import { HttpRequests } from "./http-request"
import type { Expected } from "./relay-answer"
import { readRelayUrl } from "./relay-url"
import { boundedSeconds } from "./retry-after"
import { SignedRequests, type RelayQuestion } from "./signed-requests"

export interface RelayClientOptions {
  readonly origin: string
  /** Who asks: the store's key towards relays. */
  readonly key: Ed25519KeyPair
  /** Whether the relay may have a private address. */
  readonly privateAddresses?: boolean
  /** The store's own clock, in milliseconds. */
  readonly now?: () => number
  /** Resolves the relay's name for each connection; the system's resolver unless given. */
  readonly resolve?: Resolve
  /** Others than the standard ones, in milliseconds. */
  readonly timeLimits?: Partial<TimeLimits>
}

export interface AttemptStep {
  readonly attempt_id: string
  readonly step: 2 | 3 | 4
}

/**
 * A relay's HTTP API (version 1) for one store. All of it may be repeated: the relay does nothing twice.
 *
 * Every method throws RelayError for whatever the relay does or fails to do, and RangeError, before anything is sent,
 * for arguments that no relay takes; neither tells the arguments. Methods that wait take a signal that ends them at
 * once, with the signal's reason.
 */
export class RelayClient {
  readonly origin: string
  // Private also at run time: who prints a client does not print its key.
  readonly #key: Ed25519KeyPair
  private readonly http: HttpRequests
  private readonly requests: SignedRequests

  /** @throws WholesaleError 400 `relay_url_refused` */
  constructor({ origin, key, privateAddresses = false, now = Date.now, resolve, timeLimits }: RelayClientOptions) {
    this.origin = readRelayUrl(origin, { privateAddresses })
    this.#key = key
    const guard = connectGuard(this.origin, { privateAddresses }, resolve)
    this.http = new HttpRequests({ origin: this.origin, guard, limits: timeLimits })
    this.requests = new SignedRequests(this.origin, this.http, now)
  }

  /** Ends what runs and every connection; that, and what is asked afterwards, fails as `unavailable`. */
  close(): void {
    this.http.close()
  }

  /** What answers there, and its clock. The one request that nobody signs. */
  async info(): Promise<expect.RelayInfo> {
    return await this.requests.ask({ method: "GET", path: "/v1/info", expected: expect.INFO }, undefined)
  }

  /** @param ref base64url of 16 bytes of the store's choice: the same one gives the same mailbox */
  async createMailbox(ref: string): Promise<expect.RelayMailbox> {
    given.checkId(ref)
    return await this.post("/v1/mailboxes", { ref }, expect.MAILBOX)
  }

  /** With all that lies in it. Where it is gone already it is `not_found`. */
  async deleteMailbox(receive_id: string): Promise<void> {
    given.checkId(receive_id)
    await this.delete(`/v1/mailboxes/${receive_id}`)
  }

  /**
   * Puts sealed messages into a partner's mailbox.
   *
   * @param key signs instead of the client's: a mailbox takes messages of one key only, and a key for each mailbox keeps
   * the relay from seeing that one store sends to them all
   * @returns how many, from the first, lie there now or did before. Where it is not all of them the mailbox is full; try
   * again after `retry_after_seconds`, an hour at most
   */
  async send(
    send_id: string,
    messages: readonly Buffer[],
    key: Ed25519KeyPair = this.#key
  ): Promise<{ readonly accepted: number; readonly retry_after_seconds?: number }> {
    given.checkId(send_id)
    const body = given.writeSent(messages)
    const expected = expect.acceptedOf(messages.length)
    const answer = await this.requests.ask({ method: "POST", path: `/v1/send/${send_id}`, body, expected }, key)
    const { accepted, retry_after_seconds: wait } = answer
    return wait === undefined ? { accepted } : { accepted, retry_after_seconds: boundedSeconds(wait) }
  }

  /**
   * The oldest messages of all mailboxes of the client's key; none where none came in time. A message stays in the relay,
   * and is handed out again, until it is acknowledged.
   *
   * @param input.limit 1 to 500 messages, 500 unless given
   * @param input.acknowledge what need not be kept any longer, at most 1,000; deleted first, and what is not there ignored
   */
  async receive(
    input: {
      readonly wait_seconds: number
      readonly limit?: number
      readonly acknowledge: readonly given.Acknowledged[]
    },
    signal?: AbortSignal
  ): Promise<MailboxFrame[]> {
    const { wait_seconds, limit = RELAY_LIMITS.received_messages, acknowledge } = input
    given.checkWait(wait_seconds)
    given.checkLimit(limit)
    given.checkAcknowledged(acknowledge)
    const body = { wait_seconds, limit, acknowledge }
    return await this.post("/v1/receive", body, expect.mailboxFrames(limit), { wait_seconds, signal })
  }

  /** Opens a slot for pairing, for 60 s to a day; the same session gives the same slot. */
  async openSlot(input: { readonly session_id: string; readonly ttl_seconds: number }): Promise<expect.OpenedSlot> {
    const { session_id, ttl_seconds } = input
    given.checkSession(session_id)
    given.checkTtl(ttl_seconds)
    return await this.post("/v1/slots", { session_id, ttl_seconds }, expect.SLOT)
  }

  async closeSlot(session_id: string): Promise<void> {
    given.checkSession(session_id)
    await this.delete(`/v1/slots/${session_id}`)
  }

  /** The session of a slot that is open, whoever opened it. */
  async lookUpSlot(slot: string): Promise<{ readonly session_id: string }> {
    given.checkSlot(slot)
    const path = `/v1/slots/${slot}`
    return await this.requests.ask({ method: "GET", path, expected: expect.SESSION }, this.#key)
  }

  /** @param input.message the first of a pairing */
  async openAttempt(input: {
    readonly slot: string
    readonly session_id: string
    readonly message: Buffer
  }): Promise<{ readonly attempt_id: string }> {
    const { slot, session_id } = input
    given.checkSlot(slot)
    given.checkSession(session_id)
    const message = given.writePairingMessage(input.message)
    return await this.post("/v1/attempts", { slot, session_id, message }, expect.ATTEMPT)
  }

  /** Says a step of a pairing. The same bytes again change nothing, others are `step_taken`. */
  async sendStep(input: AttemptStep & { readonly message: Buffer }): Promise<void> {
    const { attempt_id, step } = input
    given.checkId(attempt_id)
    const message = given.writePairingMessage(input.message)
    await this.post(`/v1/attempts/${attempt_id}/messages`, { step, message }, expect.NOTHING)
  }

  /** The partner's message of that step; undefined where it did not come in time. */
  async waitForStep(
    { attempt_id, step, wait_seconds }: AttemptStep & { readonly wait_seconds: number },
    signal?: AbortSignal
  ): Promise<Buffer | undefined> {
    given.checkId(attempt_id)
    given.checkWait(wait_seconds)
    const path = `/v1/attempts/${attempt_id}/wait`
    const came = await this.post(path, { step, wait_seconds }, expect.STEP_OR_NOTHING, { wait_seconds, signal })
    return came?.message
  }

  /** Ends an attempt, from either side. */
  async abandonAttempt(attempt_id: string): Promise<void> {
    given.checkId(attempt_id)
    await this.delete(`/v1/attempts/${attempt_id}`)
  }

  /** Attempts at open slots of the client's key that were not answered yet; none where none came in time. */
  async waitForAttempts(
    { wait_seconds }: { readonly wait_seconds: number },
    signal?: AbortSignal
  ): Promise<expect.PairingAttempt[]> {
    given.checkWait(wait_seconds)
    const waiting = { wait_seconds, signal }
    const { attempts } = await this.post("/v1/slots/wait", { wait_seconds }, expect.ATTEMPT_LIST, waiting)
    return attempts
  }

  private async post<Value>(
    path: string,
    body: object,
    expected: Expected<Value>,
    waiting: Pick<RelayQuestion<Value>, "wait_seconds" | "signal"> = {}
  ): Promise<Value> {
    return await this.requests.ask({ method: "POST", path, body, expected, ...waiting }, this.#key)
  }

  private async delete(path: string): Promise<void> {
    await this.requests.ask({ method: "DELETE", path, expected: expect.NOTHING }, this.#key)
  }
}
