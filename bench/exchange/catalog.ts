import type { StorePair } from "./pair"
import type { Footprint } from "./store-process"

/** What a large catalog costs one side. */
export interface CatalogFigures {
  readonly side: "sender" | "receiver"
  /** Peak memory of the process with small documents alone. */
  readonly before_mb: number
  /** After one catalog, and after all. */
  readonly first_mb: number
  readonly last_mb: number
  readonly catalogs: number
  /** The longest that anything else waited for its turn while catalogs crossed. */
  readonly longest_turn_ms: number
}

/** One large catalog after the other, each a newer edition, through stores that have carried small documents. */
export async function measureCatalog(pair: StorePair, catalogs: number): Promise<CatalogFigures[]> {
  const before = await pair.footprints()
  const during: { sender: Footprint; receiver: Footprint }[] = []
  for (let revision = 1; revision <= catalogs; revision++) {
    await pair.carryCatalog(revision)
    during.push(await pair.footprints())
  }
  return (["sender", "receiver"] as const).map((side) => ({
    side,
    before_mb: before[side].peak_mb,
    first_mb: during[0][side].peak_mb,
    last_mb: during[during.length - 1][side].peak_mb,
    catalogs,
    longest_turn_ms: Math.max(...during.map((footprints) => footprints[side].longest_turn_ms)),
  }))
}
