import { WholesaleError } from "../../../lib/errors/wholesale-error"

/**
 * What a person says why, trimmed.
 *
 * @throws WholesaleError 400 `reason_required` where it says nothing
 */
export function requiredReason(reason: string | null | undefined, toDo: string): string {
  const said = reason?.trim()
  if (!said) {
    throw new WholesaleError(400, "reason_required", `A reason is required to ${toDo}.`, { field: "reason" })
  }
  return said
}
