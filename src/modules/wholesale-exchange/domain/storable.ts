const DEEPEST = 64

/**
 * Whether a database takes the value as JSON: no text holds NUL or half a character, which PostgreSQL
 * refuses, and nothing is nested deeper than any document is. Without that a partner could send what
 * no transaction gets past.
 */
export function isStorable(value: unknown): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.value === "string" && !isStorableText(next.value)) {
      return false
    }
    if (typeof next.value !== "object" || next.value === null) {
      continue
    }
    const depth = next.depth + 1
    if (depth > DEEPEST || Object.keys(next.value).some((key) => !isStorableText(key))) {
      return false
    }
    for (const member of Object.values(next.value)) {
      waiting.push({ value: member, depth })
    }
  }
  return true
}

/** A lone surrogate is the one thing that does not survive UTF-8. */
const isStorableText = (text: string): boolean => !text.includes("\0") && !LONE_SURROGATE.test(text)

const LONE_SURROGATE = /\p{Surrogate}/u
