/** NUL, and half of a surrogate pair: JSON can say them, and PostgreSQL keeps neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** Whether a database holds the text. */
export const isStorableText = (text: string): boolean => !UNSTORABLE.test(text)

/** The path (`lines.0.sku`) of every text in a value of plain JSON that no database can hold. */
export function unstorableText(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "string") {
    return isStorableText(value) ? [] : [path.join(".")]
  }
  if (typeof value !== "object" || value === null) {
    return []
  }
  return Object.entries(value).flatMap(([name, member]) => unstorableText(member, [...path, name]))
}
