/** The relay's codes for an error, each with the one status it is answered with. */
export const RELAY_CODES = {
  request_malformed: 400,
  frames_malformed: 400,
  signature_invalid: 401,
  clock_skew: 401,
  not_found: 404,
  step_taken: 409,
  too_large: 413,
  rate_limited: 429,
  slots_rationed: 429,
  mailboxes_rationed: 429,
  unavailable: 503,
} as const

export type RelayCode = keyof typeof RELAY_CODES
