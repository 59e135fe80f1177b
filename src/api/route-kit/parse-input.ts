import type { z } from "@medusajs/framework/zod"

import { WholesaleError } from "../../lib/errors/wholesale-error"

/**
 * Parses a body or a query by its schema.
 * @throws WholesaleError 400 `invalid_request` with one issue for each field, by path
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  part: "body" | "query"
): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) {
    return parsed.data
  }
  const issues = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.join(".")
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [path, key].filter(Boolean).join("."),
        message: "is not a known field",
      }))
    }
    return [{ path, message: issue.message }]
  })
  const [first] = issues
  const named = first.path ? `${first.path}: ${first.message}` : first.message
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ""
  throw new WholesaleError(400, "invalid_request", `The request's ${part} is not valid. ${named}${more}.`, {
    part,
    issues,
  })
}
