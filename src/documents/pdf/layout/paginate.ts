import type { Block } from "./block"

export interface PlacedBlock {
  readonly block: Block
  readonly top: number
}

export type Page = readonly PlacedBlock[]

/** From where to where blocks may stand on a page. */
export interface Frame {
  readonly top: number
  readonly bottom: number
}

/**
 * Lays blocks out on pages: none is cut in two unless it is longer than a page, blocks that belong
 * together move to the next page together, and a page that begins inside a table begins with its head.
 */
export function paginate(blocks: readonly Block[], frames: { first: Frame; others: Frame }): Page[] {
  const pages = new Pages(frames)
  for (const group of groups(blocks)) {
    if (!pages.takes(group) && pages.couldTake(group)) {
      pages.turn(group[0].head)
    }
    for (const block of group) {
      pages.add(block)
    }
  }
  return pages.all
}

class Pages {
  readonly all: PlacedBlock[][] = [[]]
  private frame: Frame
  private top: number
  /** Nothing stands on the page yet but the head of a table. */
  private fresh = true

  constructor(private readonly frames: { first: Frame; others: Frame }) {
    this.frame = frames.first
    this.top = this.frame.top
  }

  /** Whether blocks fit on the page that is open. */
  takes(blocks: readonly Block[]): boolean {
    return this.top + heightOf(blocks) <= this.frame.bottom
  }

  /** Whether they would fit on one of their own. */
  couldTake(blocks: readonly [Block, ...Block[]]): boolean {
    const { top, bottom } = this.frames.others
    return heightOf(blocks) + (blocks[0].head?.height ?? 0) <= bottom - top
  }

  add(block: Block): void {
    if (this.takes([block])) {
      this.place(block)
      this.fresh = false
      return
    }
    const parts = this.couldTake([block]) ? undefined : block.split?.(this.frame.bottom - this.top)
    if (parts) {
      this.place(parts[0])
      this.turn(block.head)
      this.add({ ...parts[1], head: block.head })
    } else if (this.fresh) {
      // It fits on no page, and nothing divides it.
      this.place(block)
      this.fresh = false
    } else {
      this.turn(block.head)
      this.add(block)
    }
  }

  turn(head: Block | undefined): void {
    this.all.push([])
    this.frame = this.frames.others
    this.top = this.frame.top
    this.fresh = true
    if (head) {
      this.place(head)
    }
  }

  private place(block: Block): void {
    this.all[this.all.length - 1].push({ block, top: this.top })
    this.top += block.height
  }
}

const heightOf = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + block.height, 0)

/** Every block with those that it keeps to. */
function groups(blocks: readonly Block[]): [Block, ...Block[]][] {
  const all: [Block, ...Block[]][] = []
  let open: [Block, ...Block[]] | undefined
  for (const block of blocks) {
    if (open) {
      open.push(block)
    } else {
      open = [block]
      all.push(open)
    }
    open = block.keepWithNext ? open : undefined
  }
  return all
}
