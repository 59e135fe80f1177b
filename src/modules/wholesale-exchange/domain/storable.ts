import { isStorableText } from "../../../lib/text/unstorable-text"

const DEEPEST = 64

/**
 * Whether a database takes the value as JSON: no text holds NUL or half a character, which PostgreSQL
 * refuses, and nothing is nested deeper than any document is. Without that a partner could send what
 * no transaction gets past.
 */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === "string") {
    return isStorableText(value)
  }
  if (typeof value !== "object" || value === null) {
    return true
  }
  if (depth >= DEEPEST) {
    return false
  }
  if (Array.isArray(value)) {
    return value.every((member) => isStorable(member, depth + 1))
  }
  return Object.entries(value).every(([key, member]) => isStorableText(key) && isStorable(member, depth + 1))
}

/** A text from elsewhere as a database takes it. */
export const storableText = (text: string): string => text.replaceAll("\0", "")
