import { z } from "@medusajs/framework/zod"

import type { HttpAnswer } from "./http-exchange"
import { RELAY_CODES, type RelayCode } from "./relay-codes"
import { RelayError, type RelayErrorKind, type RelayFailure } from "./relay-error"
import { boundedSeconds, readRetryAfter } from "./retry-after"

/** What an answer says, or in which way it is none of the protocol. */
export type Reading<Value> = { readonly value: Value } | { readonly misfit: string }

/** What a request is answered with when it succeeds. */
export interface Expected<Value> {
  readonly answer_bytes: number
  /** Of an answer with a status of 200 to 299. */
  read(answer: HttpAnswer): Reading<Value>
}

const refusal = z.object({
  code: z.custom<RelayCode>((code) => typeof code === "string" && Object.hasOwn(RELAY_CODES, code)),
  retry_after_seconds: z.number().nonnegative().optional(),
  time_ms: z.number().int().nonnegative().max(1e15).optional(),
})
type Refusal = z.infer<typeof refusal>

/**
 * What the answer says.
 *
 * Not every 404 is the relay's: a proxy that lost its way answers one as well, and nothing may be given up because of
 * that. So `refused` is only what carries the protocol's code for its status. 408, 429 and 5xx mean the same from a proxy.
 *
 * @param now_ms by the relay's clock
 * @throws RelayError of any kind but `forbidden_address`
 */
export function readAnswer<Value>(origin: string, answer: HttpAnswer, expected: Expected<Value>, now_ms: number): Value {
  const { status } = answer
  if (status < 200 || status >= 300) {
    const { kind, ...failure } = failureOf(answer, now_ms)
    throw new RelayError(origin, kind, failure)
  }
  const reading = expected.read(answer)
  if ("misfit" in reading) {
    throw new RelayError(origin, "malformed", { reason: reading.misfit })
  }
  return reading.value
}

/** The relay's clock, where it refused a request for the time it was signed with. */
export function readClockSkew(answer: HttpAnswer): number | undefined {
  const refused = readRefusal(answer)
  return refused?.code === "clock_skew" ? refused.time_ms : undefined
}

/** The body as JSON; undefined where it is none, or says that it is something else. */
export function readJson({ headers, body }: HttpAnswer): unknown {
  if (!body || mediaType(headers["content-type"]) !== "application/json") {
    return undefined
  }
  try {
    return JSON.parse(body.toString("utf8")) as unknown
  } catch {
    return undefined
  }
}

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function mediaType(header: string | undefined): string | undefined {
  return header?.split(";")[0].trim().toLowerCase()
}

function failureOf(answer: HttpAnswer, now_ms: number): RelayFailure & { kind: RelayErrorKind } {
  const { status, headers } = answer
  const refused = readRefusal(answer)
  const told = refused?.retry_after_seconds
  const wait = readRetryAfter(headers["retry-after"], now_ms) ?? (told === undefined ? undefined : boundedSeconds(told))
  const failure = { relay_code: refused?.code, retry_after_seconds: wait }
  // 408: the request was too slow in coming.
  if (status === 408 || (status >= 500 && status < 600)) {
    return { kind: "unavailable", reason: `HTTP ${status}`, ...failure }
  }
  if (status === 429) {
    return { kind: "limited", ...failure }
  }
  return refused
    ? { kind: "refused", relay_code: refused.code }
    : { kind: "malformed", reason: status >= 300 && status < 400 ? "a redirect" : `HTTP ${status}` }
}

/** Undefined also where the code is not the one of the status. */
function readRefusal(answer: HttpAnswer): Refusal | undefined {
  const { success, data } = refusal.safeParse(readJson(answer))
  return success && RELAY_CODES[data.code] === answer.status ? data : undefined
}
