import { MedusaError } from "@medusajs/framework/utils"

/** The HTTP status a domain error is answered with. */
export type WholesaleErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 502 | 503

export type WholesaleErrorDetails = Readonly<Record<string, unknown>>

const TYPE_BY_STATUS: Record<WholesaleErrorStatus, string> = {
  400: MedusaError.Types.INVALID_DATA,
  401: MedusaError.Types.UNAUTHORIZED,
  403: MedusaError.Types.FORBIDDEN,
  404: MedusaError.Types.NOT_FOUND,
  409: MedusaError.Types.NOT_ALLOWED,
  413: MedusaError.Types.INVALID_DATA,
  422: MedusaError.Types.INVALID_DATA,
  429: MedusaError.Types.NOT_ALLOWED,
  500: MedusaError.Types.UNEXPECTED_STATE,
  /** Another server, such as a relay, answered what it must not. */
  502: MedusaError.Types.UNEXPECTED_STATE,
  /** For now: the same request may pass later. */
  503: MedusaError.Types.UNEXPECTED_STATE,
}

/**
 * A refusal by a business rule.
 *
 * `code` is stable and meant for programs; `message` is a sentence that names the document, its
 * state and the way out; `details` carries the figures a person needs. Amounts in `details` are
 * decimal strings in major units. The API answers `{type, code, message, details}`.
 */
export class WholesaleError extends MedusaError {
  readonly status: WholesaleErrorStatus
  readonly details: WholesaleErrorDetails

  constructor(
    status: WholesaleErrorStatus,
    code: string,
    message: string,
    details: WholesaleErrorDetails = {}
  ) {
    super(TYPE_BY_STATUS[status], message, code)
    this.name = "WholesaleError"
    this.status = status
    this.details = details
  }
}

/**
 * Tells a domain error from any other, also one that crossed a workflow: the engine may hand back a
 * plain copy that has lost its prototype.
 */
export function asWholesaleError(error: unknown): WholesaleError | undefined {
  if (error instanceof WholesaleError) {
    return error
  }
  if (typeof error !== "object" || error === null) {
    return undefined
  }
  const { name, status, code, message, details } = error as Partial<WholesaleError>
  if (name !== "WholesaleError" || !status || typeof code !== "string") {
    return undefined
  }
  return new WholesaleError(status, code, message ?? "", details)
}

/** 404 for a missing row and for another store's row alike, so that ids cannot be probed. */
export function notFound(document: string, id: string): WholesaleError {
  return new WholesaleError(404, "not_found", `${document} ${id} was not found.`, { document, id })
}
