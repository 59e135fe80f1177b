import type { Logger } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"

import { asWholesaleError } from "../../lib/errors/wholesale-error"
import type { RouteAnswer } from "./route-answer"

const STATUS_BY_TYPE: Readonly<Record<string, number>> = {
  [MedusaError.Types.INVALID_DATA]: 400,
  [MedusaError.Types.INVALID_ARGUMENT]: 400,
  [MedusaError.Types.NOT_ALLOWED]: 409,
  [MedusaError.Types.CONFLICT]: 409,
  [MedusaError.Types.DUPLICATE_ERROR]: 422,
  [MedusaError.Types.NOT_FOUND]: 404,
  [MedusaError.Types.UNAUTHORIZED]: 401,
  [MedusaError.Types.FORBIDDEN]: 403,
}

/**
 * The answer to an error. Domain errors keep their code and figures, which Medusa's own error
 * handler would drop; what nobody foresaw is logged whole and answered without its inside.
 */
export function answerError(error: unknown, logger: Logger): RouteAnswer {
  const refusal = asWholesaleError(error)
  if (refusal) {
    const { status, type, code, message, details } = refusal
    return { status, body: { type, code, message, details } }
  }
  if (MedusaError.isMedusaError(error)) {
    const status = STATUS_BY_TYPE[error.type]
    if (status !== undefined) {
      const code = error.code ?? error.type
      return { status, body: { type: error.type, code, message: error.message, details: {} } }
    }
  }
  logger.error(
    "A wholesale route failed.",
    error instanceof Error ? error : new Error(String(error))
  )
  return {
    status: 500,
    body: {
      type: MedusaError.Types.UNEXPECTED_STATE,
      code: "unexpected_error",
      message: "Something went wrong on our side; nothing is known to have been changed.",
      details: {},
    },
  }
}
