import type PDFDocument from "pdfkit"

import { directionOf, visualRuns, type Direction } from "./text/runs"
import type { Typeface, Weight } from "./text/typefaces"
import { wrap } from "./text/wrap"

export interface TextStyle {
  readonly weight: Weight
  /** In points. */
  readonly size: number
  /** `#rrggbb` */
  readonly color: string
}

export type Align = "left" | "right"

/** A line that fits its place, and the direction of the text that it is part of. */
export interface TextLine {
  readonly text: string
  readonly direction: Direction
}

/** Height of a line of text, over its size. */
const LEADING = 1.36
/** How far below the top of its line a text stands, over its size. */
const BASELINE = 1.02

export const lineHeight = (style: TextStyle): number => style.size * LEADING

/** Draws on the pages of a PDF in points from the top left corner; nothing else of the room knows pdfkit's text. */
export class Canvas {
  private readonly registered = new Set<string>()
  private readonly widths = new Map<string, number>()

  constructor(private readonly pdf: InstanceType<typeof PDFDocument>) {}

  newPage(): void {
    this.pdf.addPage()
  }

  /** The lines of a text that are no wider than `width`. */
  lines(text: string, width: number, style: TextStyle): TextLine[] {
    const direction = directionOf(text)
    return wrap(text, width, (piece) => this.widthOf({ text: piece, direction }, style)).map((line) => ({
      text: line,
      direction,
    }))
  }

  widthOf({ text, direction }: TextLine, { weight, size }: TextStyle): number {
    const key = `${weight} ${text}`
    let width = this.widths.get(key)
    if (width === undefined) {
      this.pdf.fontSize(1)
      width = 0
      for (const run of visualRuns(text, weight, direction)) {
        width += this.use(run.face).widthOfString(run.text)
      }
      this.widths.set(key, width)
    }
    return width * size
  }

  /** @param top of the line, whose left end (or right, if so aligned) is at `x` */
  text(line: TextLine, { x, top, align = "left", style }: { x: number; top: number; align?: Align; style: TextStyle }): void {
    let left = align === "left" ? x : x - this.widthOf(line, style)
    for (const run of visualRuns(line.text, style.weight, line.direction)) {
      this.use(run.face).fontSize(style.size).fillColor(style.color)
      this.pdf.text(run.text, left, top + style.size * BASELINE, { lineBreak: false, baseline: "alphabetic" })
      left += this.pdf.widthOfString(run.text)
    }
  }

  rectangle({ left, top, width, height }: Box, color: string): void {
    this.pdf.rect(left, top, width, height).fill(color)
  }

  /** As large as fits, at the left top corner. */
  image(bytes: Uint8Array, { left, top, width, height }: Box): void {
    this.pdf.image(Buffer.from(bytes), left, top, { fit: [width, height] })
  }

  private use({ name, font }: Typeface): InstanceType<typeof PDFDocument> {
    if (!this.registered.has(name)) {
      this.pdf.registerFont(name, font)
      this.registered.add(name)
    }
    return this.pdf.font(name)
  }
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
