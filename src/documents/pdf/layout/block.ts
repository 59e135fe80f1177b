import type { Canvas } from "../canvas"

/** Something of a known height that is drawn at a place still to be found. */
export interface Block {
  readonly height: number
  draw(canvas: Canvas, left: number, top: number): void
  /** Stays on one page with the block after it, as far as a page is long enough. */
  readonly keepWithNext?: boolean
  /** Drawn again at the top of a page that begins with this block: the head of its table. */
  readonly head?: Block
  /**
   * What fits into a height, and the rest; undefined where nothing does. Only blocks that are longer than a
   * page are split.
   */
  split?(height: number): readonly [Block, Block] | undefined
}

export const space = (height: number): Block => ({ height, draw: () => undefined })

/** Blocks one below the other that stay together. */
export function stack(blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((sum, block) => sum + block.height, 0),
    draw(canvas, left, top) {
      let at = top
      for (const block of blocks) {
        block.draw(canvas, left, at)
        at += block.height
      }
    },
  }
}

/** Blocks side by side, each at its distance from the left. */
export function sideBySide(blocks: readonly { readonly at: number; readonly block: Block }[]): Block {
  return {
    height: Math.max(0, ...blocks.map(({ block }) => block.height)),
    draw(canvas, left, top) {
      for (const { at, block } of blocks) {
        block.draw(canvas, left + at, top)
      }
    },
  }
}
