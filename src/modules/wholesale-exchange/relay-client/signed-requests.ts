import type { Ed25519KeyPair } from "../../../lib/crypto/ed25519"
import { RELAY_HEADERS, signRequest } from "../../../lib/relay/request-signature"
import type { HttpAnswer } from "./http-exchange"
import type { HttpRequest, HttpRequests } from "./http-request"
import { readAnswer, readClockSkew, type Expected } from "./relay-answer"
import { RelayClock } from "./relay-clock"

/** What a relay is asked, without who asks. */
export interface RelayQuestion<Value> extends Pick<HttpRequest, "method" | "path" | "signal"> {
  /** An object is sent as JSON, bytes as they are. */
  readonly body?: object | Uint8Array
  readonly wait_seconds?: number
  readonly expected: Expected<Value>
}

/** Asks one relay, signed by the relay's clock as its answers tell it: a store's own may be days off. */
export class SignedRequests {
  private readonly clock: RelayClock

  constructor(
    private readonly origin: string,
    private readonly http: HttpRequests,
    now: () => number
  ) {
    this.clock = new RelayClock(now)
  }

  /**
   * A request that is refused for its time is repeated once by the time the relay told.
   *
   * @param key who signs; undefined: nobody
   * @throws RelayError
   * @throws the signal's reason once it is aborted
   */
  async ask<Value>(question: RelayQuestion<Value>, key: Ed25519KeyPair | undefined): Promise<Value> {
    const answer = await this.send(question, key)
    const time_ms = key && readClockSkew(answer)
    if (time_ms === undefined) {
      return readAnswer(this.origin, answer, question.expected, this.clock.now())
    }
    this.clock.set(time_ms)
    const second = await this.send(question, key)
    return readAnswer(this.origin, second, question.expected, this.clock.now())
  }

  private async send(question: RelayQuestion<unknown>, key: Ed25519KeyPair | undefined): Promise<HttpAnswer> {
    const { method, path, wait_seconds = 0, expected, signal } = question
    const { body, headers } = written(question.body)
    const signature = key && signRequest(key, { origin: this.origin, method, path, body }, this.clock.now())
    const answer = await this.http.request({
      method,
      path,
      headers: { ...headers, ...signature },
      body,
      wait_seconds,
      answer_bytes: expected.answer_bytes,
      signal,
    })
    this.clock.read(answer.headers[RELAY_HEADERS.time])
    return answer
  }
}

function written(body: object | Uint8Array | undefined): { body: Uint8Array; headers: Record<string, string> } {
  if (body === undefined) {
    return { body: new Uint8Array(), headers: {} }
  }
  return body instanceof Uint8Array
    ? { body, headers: { "content-type": "application/octet-stream" } }
    : { body: Buffer.from(JSON.stringify(body)), headers: { "content-type": "application/json" } }
}
