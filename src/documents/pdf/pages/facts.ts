import { sideBySide, space, stack, type Block } from "../layout/block"
import { textBlock } from "../layout/text-block"
import { BODY, CAPTION, type Sheet } from "../sheet"

export interface Fact {
  readonly label: string
  readonly value: string
}

/** A fact that the document may not have. */
export const fact = (label: string, value: string | null): Fact[] => (value ? [{ label, value }] : [])

const COLUMNS = 4
const PADDING = 8
const SHADE = "#f3f5f6"

/** What there is to know about a document at a glance: labels over values, four in a row. */
export function factsBlock(sheet: Sheet, facts: readonly Fact[]): Block {
  const cell = (sheet.width - 2 * PADDING) / COLUMNS
  const width = cell - PADDING
  const rows: Block[] = []
  for (let first = 0; first < facts.length; first += COLUMNS) {
    rows.push(
      sideBySide(
        facts.slice(first, first + COLUMNS).map(({ label, value }, index) => ({
          at: PADDING + index * cell,
          block: stack([
            textBlock(sheet.canvas, label, { width, style: CAPTION }),
            textBlock(sheet.canvas, value, { width, style: BODY }),
            space(PADDING / 2),
          ]),
        }))
      )
    )
  }
  const inner = stack(rows)
  const height = inner.height + 1.5 * PADDING
  const panel: Block = {
    height,
    draw(canvas, left, top) {
      canvas.rectangle({ left, top, width: sheet.width, height }, SHADE)
      inner.draw(canvas, left, top + PADDING)
    },
  }
  return stack([panel, space(16)])
}
