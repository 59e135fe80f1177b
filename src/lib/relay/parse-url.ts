/**
 * The address; undefined for text that is none.
 *
 * Not by `URL.canParse`: Node 20's answers false for names beyond ASCII once it has been called often.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}
