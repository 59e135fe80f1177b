import { createHash } from "node:crypto"

/**
 * JSON with sorted keys and without undefined members: equal values give equal text. A value that
 * JSON cannot write (`undefined`, as an absent request body is) counts as `null`.
 */
export function canonicalJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(
          Object.entries(member).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
        )
      : member
  )
  return text ?? "null"
}

/** SHA-256 over the canonical JSON, in hex. */
export function contentHash(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex")
}
