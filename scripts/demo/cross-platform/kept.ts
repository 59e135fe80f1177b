import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

import type { Side } from "../../fixture/trading-stores"

const MASTER_KEY_BYTES = 32

/** What the next run needs again beside the databases. */
export interface Kept {
  /** `WHOLESALE_MASTER_KEY` of each backend, without which it cannot read its own keys. */
  readonly master_keys: Readonly<Record<Side, string>>
  /** Part of the address that the stores know their relay by. */
  readonly relay_port: number
}

/** Undefined where no run left anything, or `fresh` says that nothing of it is to be used. */
export function readKept(root: string, name: string, { fresh }: { fresh: boolean }): Kept | undefined {
  const file = fileOf(root, name)
  if (fresh) {
    rmSync(file, { force: true })
  }
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Kept
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined
    }
    throw error
  }
}

/** Makes the keys, and keeps them where only the user who runs the demo can read them. */
export function makeKept(root: string, name: string, relay_port: number): Kept {
  const key = (): string => randomBytes(MASTER_KEY_BYTES).toString("base64")
  const kept = { master_keys: { distributor: key(), retailer: key() }, relay_port }
  const file = fileOf(root, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(kept)}\n`, { mode: 0o600 })
  return kept
}

const fileOf = (root: string, name: string): string => join(root, ".demo", `${name}.keys.json`)
