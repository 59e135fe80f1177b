import { space, stack, type Block } from "../layout/block"
import { textBlock } from "../layout/text-block"
import { HAIRLINE } from "../palette"
import { BODY, FIGURE, STRONG, type Sheet } from "../sheet"

/** One of the sums below a table. */
export interface Figure {
  readonly label: string
  readonly value: string
  /** `total` is what the document is about; `strong` stands out. */
  readonly rank?: "total" | "strong"
}

const WIDTH = 280
const GAP = 10
const PADDING = 3
/** From the edges, so that sums stand below the amounts of the table. */
const INSET = 5

/** Sums below each other at the right. */
export function figuresBlock(sheet: Sheet, figures: readonly Figure[]): Block {
  return stack([space(8), ...figures.map((figure) => figureBlock(sheet, figure)), space(14)])
}

function figureBlock(sheet: Sheet, { label, value, rank }: Figure): Block {
  const { canvas, palette } = sheet
  const total = rank === "total"
  const style = total ? { ...FIGURE, color: palette.on_brand } : rank === "strong" ? STRONG : BODY
  const inner = WIDTH - 2 * INSET
  const valueWidth = Math.min(canvas.widthOf({ text: value, direction: "ltr" }, style) + 1, inner * 0.62)
  const amount = textBlock(canvas, value, { width: valueWidth, style, align: "right" })
  const caption = textBlock(canvas, label, { width: inner - valueWidth - GAP, style })
  const height = Math.max(amount.height, caption.height) + 2 * (total ? 6 : PADDING)
  return {
    height,
    draw(target, left, top) {
      const start = left + sheet.width - WIDTH
      if (total) {
        target.rectangle({ left: start, top, width: WIDTH, height }, palette.brand)
      } else {
        target.rectangle({ left: start, top: top + height - 0.5, width: WIDTH, height: 0.5 }, HAIRLINE)
      }
      const inside = top + (height - Math.max(amount.height, caption.height)) / 2
      caption.draw(target, start + INSET, inside)
      amount.draw(target, start + WIDTH - INSET - valueWidth, inside)
    },
  }
}
