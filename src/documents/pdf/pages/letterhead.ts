import { lineHeight } from "../canvas"
import { space, stack, type Block } from "../layout/block"
import { textBlock } from "../layout/text-block"
import { BODY, TITLE, type Sheet } from "../sheet"

const LOGO = { width: 180, height: 54 }
const RULE = 2

export interface Letterhead {
  readonly seller_name: string
  /** Checked bytes of a PNG or JPEG. */
  readonly logo: Uint8Array | null
  readonly title: string
  readonly number: string
}

/** The top of the first page: who sends it, and what it is. */
export function letterhead(sheet: Sheet, { seller_name, logo, title, number }: Letterhead): Block {
  const { canvas, palette, width } = sheet
  const half = width / 2
  const accent = { ...TITLE, color: palette.accent }
  const nameStyle = { ...accent, size: 14 }
  const name = textBlock(canvas, seller_name, { width: half - 10, style: nameStyle })
  const right = stack([
    textBlock(canvas, title, { width: half, style: accent, align: "right" }),
    textBlock(canvas, number, { width: half, style: { ...BODY, size: 11 }, align: "right" }),
  ])
  const height = Math.max(logo ? LOGO.height : name.height, right.height) + 12
  const head: Block = {
    height: height + RULE,
    draw(target, left, top) {
      if (logo) {
        target.image(logo, { left, top, ...LOGO })
      } else {
        name.draw(target, left, top + (lineHeight(accent) - lineHeight(nameStyle)) / 2)
      }
      right.draw(target, left + width - half, top)
      target.rectangle({ left, top: top + height, width, height: RULE }, palette.brand)
    },
  }
  return stack([head, space(16)])
}
