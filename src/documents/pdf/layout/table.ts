import type { Align, Canvas, TextStyle } from "../canvas"
import { HAIRLINE, type Palette } from "../palette"
import type { Block } from "./block"
import { textBlock } from "./text-block"

export interface Column<Row> {
  readonly title: string
  readonly align?: Align
  /** In points; `fit` takes what the widest cell needs, and one column without a width takes the rest. */
  readonly width?: number | "fit"
  /** Of a column that fits its cells. */
  readonly min?: number
  cell(row: Row): string
  /** Below the cell in small grey letters. */
  note?(row: Row): string | null
}

export interface TableStyle {
  readonly width: number
  readonly head: TextStyle
  readonly body: TextStyle
  readonly note: TextStyle
  readonly palette: Palette
}

/** Left and right of a cell; above and below the cells of the head, and of a row. */
const PADDING = 5
const HEAD_PADDING = 5
const ROW_PADDING = 3.5

interface Placed<Row> {
  readonly column: Column<Row>
  readonly at: number
  readonly width: number
}

/** A row of a table a block, each of which brings the head along to a new page. */
export function tableBlocks<Row>(
  canvas: Canvas,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: TableStyle
): Block[] {
  const placed = placeColumns(canvas, columns, rows, style)
  const head = headBlock(canvas, placed, style)
  return [
    { ...head, keepWithNext: true },
    ...rows.map((row) => ({ ...rowBlock(canvas, placed, row, style), head })),
  ]
}

function placeColumns<Row>(
  canvas: Canvas,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  style: TableStyle
): Placed<Row>[] {
  const fixed = columns.map((column) => {
    if (column.width !== "fit") {
      return column.width
    }
    const title = canvas.widthOf({ text: column.title, direction: "ltr" }, style.head)
    const cells = rows.map((row) => canvas.widthOf({ text: column.cell(row), direction: "ltr" }, style.body))
    return Math.ceil(cells.reduce((widest, width) => Math.max(widest, width), Math.max(title, column.min ?? 0))) + 1
  })
  const taken = fixed.reduce<number>((sum, width) => sum + (width ?? 0) + 2 * PADDING, 0)
  let at = 0
  return columns.map((column, index) => {
    const width = fixed[index] ?? style.width - taken
    const place = { column, at: at + PADDING, width }
    at += width + 2 * PADDING
    return place
  })
}

function headBlock<Row>(canvas: Canvas, placed: readonly Placed<Row>[], style: TableStyle): Block {
  const cells = placed.map(({ column, at, width }) => ({
    at,
    block: textBlock(canvas, column.title, { width, style: style.head, align: column.align }),
  }))
  const height = Math.max(...cells.map(({ block }) => block.height)) + 2 * HEAD_PADDING
  return {
    height,
    draw(target, left, top) {
      target.rectangle({ left, top, width: style.width, height }, style.palette.brand)
      for (const { at, block } of cells) {
        block.draw(target, left + at, top + height - HEAD_PADDING - block.height)
      }
    },
  }
}

interface Cell {
  readonly at: number
  readonly blocks: readonly Block[]
}

function rowBlock<Row>(canvas: Canvas, placed: readonly Placed<Row>[], row: Row, style: TableStyle): Block {
  return cellsBlock(
    placed.map(({ column, at, width }) => {
      const note = column.note?.(row)
      const cell = textBlock(canvas, column.cell(row), { width, style: style.body, align: column.align })
      return { at, blocks: note ? [cell, textBlock(canvas, note, { width, style: style.note })] : [cell] }
    }),
    style
  )
}

function cellsBlock(cells: readonly Cell[], style: TableStyle): Block {
  const inner = Math.max(...cells.map(({ blocks }) => blocks.reduce((sum, block) => sum + block.height, 0)))
  const height = inner + 2 * ROW_PADDING
  return {
    height,
    draw(canvas, left, top) {
      for (const { at, blocks } of cells) {
        let below = top + ROW_PADDING
        for (const block of blocks) {
          block.draw(canvas, left + at, below)
          below += block.height
        }
      }
      canvas.rectangle({ left, top: top + height - 0.5, width: style.width, height: 0.5 }, HAIRLINE)
    },
    split(available) {
      const parts = cells.map(({ at, blocks }) => ({ at, ...splitBlocks(blocks, available - 2 * ROW_PADDING) }))
      return parts.some(({ above }) => above.length > 0) && parts.some(({ below }) => below.length > 0)
        ? [
            cellsBlock(parts.map(({ at, above }) => ({ at, blocks: above })), style),
            cellsBlock(parts.map(({ at, below }) => ({ at, blocks: below })), style),
          ]
        : undefined
    },
  }
}

function splitBlocks(blocks: readonly Block[], height: number): { above: Block[]; below: Block[] } {
  const above: Block[] = []
  const below: Block[] = []
  let left = height
  for (const block of blocks) {
    if (below.length > 0) {
      below.push(block)
    } else if (block.height <= left) {
      above.push(block)
      left -= block.height
    } else {
      const parts = block.split?.(left)
      above.push(...(parts ? [parts[0]] : []))
      below.push(parts ? parts[1] : block)
      left = 0
    }
  }
  return { above, below }
}
