/** A text that says something, its lines ended alike; null where there is none, or only space. */
export const known = (text: string | null): string | null =>
  text?.replace(/\r\n|[\r\u0085\u2028\u2029]/g, "\n").trim() || null
