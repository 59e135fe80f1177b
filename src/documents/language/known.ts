/** A text that says something; null where there is none, or only space. */
export const known = (text: string | null): string | null => text?.trim() || null
