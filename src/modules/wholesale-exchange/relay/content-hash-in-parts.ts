import { createHash } from "node:crypto"
import { setImmediate as letOthersRun } from "node:timers/promises"

import { canonicalJson } from "../../../lib/hash/content-hash"

/** Characters after which others have their turn. */
const PART = 256 * 1024
/** Below it values are written whole: a row of a catalog is small, the list of them is not. */
const CUT_DEPTH = 2

/**
 * `contentHash` of a value that was read from JSON. A large one is hashed in parts, between which the
 * process does other work.
 */
export async function contentHashInParts(value: unknown): Promise<string> {
  const hash = createHash("sha256")
  let written = 0
  for (const text of parts(value, CUT_DEPTH)) {
    hash.update(text)
    written += text.length
    if (written >= PART) {
      written = 0
      await letOthersRun()
    }
  }
  return hash.digest("hex")
}

/** Canonical JSON, one piece after another. */
function* parts(value: unknown, depth: number): Generator<string, void, undefined> {
  if (depth === 0 || typeof value !== "object" || value === null) {
    yield canonicalJson(value)
    return
  }
  if (Array.isArray(value)) {
    yield "["
    for (const [index, member] of value.entries()) {
      yield index > 0 ? "," : ""
      yield* parts(member, depth - 1)
    }
    yield "]"
    return
  }
  yield "{"
  for (const [index, [key, member]] of canonicalEntries(value).entries()) {
    yield `${index > 0 ? "," : ""}${JSON.stringify(key)}:`
    yield* parts(member, depth - 1)
  }
  yield "}"
}

/** As `canonicalJson` writes them: sorted, then in an object's own order, which has whole numbers first. */
function canonicalEntries(value: object): [string, unknown][] {
  const sorted = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  return Object.entries(Object.fromEntries(sorted))
}
