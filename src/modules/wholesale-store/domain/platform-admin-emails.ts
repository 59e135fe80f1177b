/** How e-mails are compared: without the white space around them and in lower case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** The listed e-mails that never made an admin yet, as they were written, each once. */
export function unresolvedEmails(listed: readonly string[], resolved: readonly string[]): string[] {
  const seen = new Set(resolved.map(normalizeEmail))
  return listed.flatMap((written) => {
    const email = normalizeEmail(written)
    if (email === "" || seen.has(email)) {
      return []
    }
    seen.add(email)
    return [written.trim()]
  })
}
