import { lineHeight } from "./canvas"
import type { Frame, Page } from "./layout/paginate"
import { textBlock } from "./layout/text-block"
import type { Composition } from "./pages/composition"
import { HAIRLINE } from "./palette"
import { MARGIN, SMALL, type Paper, type Sheet } from "./sheet"

/** Height of the line that tells on later pages what they belong to. */
const HEADER = 22
/** Height of what stands below every page. */
const FOOTER = 34
const PAGE_NUMBER_WIDTH = 90

/** Where the blocks of a document may stand. */
export const framesOf = (paper: Paper): { first: Frame; others: Frame } => {
  const bottom = paper.height - MARGIN - FOOTER
  return { first: { top: MARGIN, bottom }, others: { top: MARGIN + HEADER, bottom } }
}

/** Draws a page with its number, and from the second on with what it belongs to. */
export function drawPage(
  sheet: Sheet,
  composition: Composition,
  page: Page,
  { number, of }: { number: number; of: number }
): void {
  const { canvas } = sheet
  canvas.newPage()
  if (number > 1) {
    const header = canvas.lines(composition.title, sheet.width, SMALL).slice(0, 1)
    header.forEach((line) => canvas.text(line, { x: MARGIN, top: MARGIN - 4, style: SMALL }))
  }
  for (const { block, top } of page) {
    block.draw(canvas, MARGIN, top)
  }
  drawFooter(sheet, composition.footer, sheet.labels.page(String(number), String(of)))
}

/** As much of the imprint as two lines hold, and the number of the page. */
function drawFooter({ canvas, paper, width }: Sheet, imprint: string, page: string): void {
  const top = paper.height - MARGIN - 2 * lineHeight(SMALL)
  canvas.rectangle({ left: MARGIN, top: top - 5, width, height: 0.5 }, HAIRLINE)
  const lines = canvas.lines(imprint, width - PAGE_NUMBER_WIDTH, SMALL).slice(0, 2)
  lines.forEach(({ text, direction }, index) => {
    const line = { text: text.replace(/ ·$/, ""), direction }
    canvas.text(line, { x: MARGIN, top: top + index * lineHeight(SMALL), style: SMALL })
  })
  textBlock(canvas, page, { width: PAGE_NUMBER_WIDTH, style: SMALL, align: "right" }).draw(
    canvas,
    MARGIN + width - PAGE_NUMBER_WIDTH,
    top
  )
}
