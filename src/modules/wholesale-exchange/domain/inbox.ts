export const INBOX_STATUSES = [
  "received",
  "applied",
  "ignored",
  "failed",
  "unsupported",
  "desync",
] as const
export type InboxStatus = (typeof INBOX_STATUSES)[number]

/** What became of a document that came in. */
export type InboxState = "new" | "known" | "older" | "desync" | "unsupported" | "malformed"

/** Whether this version of the plugin can apply the document, and if not, why. */
export type InboxVerdict =
  | { readonly state: "known" }
  | { readonly state: "unsupported" | "malformed"; readonly reason: string }

/** Another content under a revision that was received already. */
export type InboxConflict = {
  content_hash: string
  body: Record<string, unknown>
  received_at: string
}

/** The row a document that was not there before begins with. */
export function firstStatus(
  verdict: InboxVerdict,
  isOlder: boolean
): { status: InboxStatus; state: InboxState; error: string | null } {
  if (isOlder) {
    return { status: "ignored", state: "older", error: "A newer revision was there before." }
  }
  switch (verdict.state) {
    case "known":
      return { status: "received", state: "new", error: null }
    case "unsupported":
      return { status: "unsupported", state: "unsupported", error: verdict.reason }
    case "malformed":
      return { status: "failed", state: "malformed", error: verdict.reason }
  }
}
