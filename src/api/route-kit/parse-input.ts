import type { z } from "@medusajs/framework/zod"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { unstorableText } from "../../lib/text/unstorable-text"

/**
 * Parses a body, a query or the parameters of a path by its schema. Text that no database can hold is
 * refused as well, whatever the schema allows.
 *
 * @throws WholesaleError 400 `invalid_request` with one issue for each field, by path
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  part: "body" | "query" | "path"
): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {})
  const issues = parsed.success ? unstorable(parsed.data) : issuesOf(parsed.error)
  if (parsed.success && issues.length === 0) {
    return parsed.data
  }
  const [first] = issues
  const named = first.path ? `${first.path}: ${first.message}` : first.message
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ""
  throw new WholesaleError(400, "invalid_request", `The request's ${part} is not valid. ${named}${more}.`, {
    part,
    issues,
  })
}

interface Issue {
  readonly path: string
  readonly message: string
}

function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.join(".")
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [path, key].filter(Boolean).join("."),
        message: "is not a known field",
      }))
    }
    return [{ path, message: issue.message }]
  })
}

function unstorable(parsed: unknown): Issue[] {
  return unstorableText(parsed).map((path) => ({ path, message: "holds a character that cannot be kept" }))
}
