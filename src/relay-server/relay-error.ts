/** What a relay refuses with; docs of the protocol name each code. */
export type RelayErrorStatus = 400 | 401 | 404 | 409 | 413 | 429 | 503

/**
 * A refusal that is told to the caller as `{code, message, …fields}`. It names nothing of a store: no id, no key.
 *
 * The relay runs without Medusa, and `WholesaleError` is one of Medusa's: so it has an error of its own.
 */
export class RelayError extends Error {
  constructor(
    readonly status: RelayErrorStatus,
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions
  ) {
    super(message, options)
    this.name = "RelayError"
  }
}

/** The one answer to whatever is not there, not any more, or not the caller's. */
export const notFound = (): RelayError => new RelayError(404, "not_found", "There is nothing here.")

/** @param path of the field, as in `acknowledge[3][0]` */
export const malformed = (path: string, expected: string): RelayError =>
  new RelayError(400, "request_malformed", `${path} must be ${expected}.`, { path })

export const framesMalformed = (message: string): RelayError => new RelayError(400, "frames_malformed", message)

export const signatureInvalid = (): RelayError =>
  new RelayError(401, "signature_invalid", "The request is not signed, or not by its key.")

export const clockSkew = (time_ms: number): RelayError =>
  new RelayError(401, "clock_skew", "The request was signed too far from the relay's clock.", { time_ms })

export const stepTaken = (): RelayError =>
  new RelayError(409, "step_taken", "Another message was sent for this step already.")

export const tooLarge = (message = "The request is too large."): RelayError => new RelayError(413, "too_large", message)

export type RationCode = "rate_limited" | "slots_rationed" | "mailboxes_rationed"

export const rationed = (code: RationCode, message: string, retryAfterSeconds: number): RelayError =>
  new RelayError(429, code, message, { retry_after_seconds: Math.max(1, Math.ceil(retryAfterSeconds)) })

const UNAVAILABLE_SECONDS = 5

/** @param cause what is logged of it, and told to nobody */
export const unavailable = (cause?: unknown): RelayError => {
  const fields = { retry_after_seconds: UNAVAILABLE_SECONDS }
  return new RelayError(503, "unavailable", "The relay cannot answer now. Try again.", fields, { cause })
}
