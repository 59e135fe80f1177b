import type { Block } from "../layout/block"

/** A document taken apart into what is set on pages. */
export interface Composition {
  /** "Invoice INV-2026-001" */
  readonly title: string
  readonly blocks: readonly Block[]
  /** At the foot of every page. */
  readonly footer: string
}

/** What ends a table never stands alone on a page: the last row goes with it. */
export const keepLastWithNext = (blocks: readonly Block[]): Block[] =>
  blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, keepWithNext: true } : block))
