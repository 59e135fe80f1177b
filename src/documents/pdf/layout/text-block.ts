import { lineHeight, type Align, type Canvas, type TextLine, type TextStyle } from "../canvas"
import type { Block } from "./block"

/** Text within a width, aligned to its left or its right. */
export function textBlock(
  canvas: Canvas,
  text: string,
  { width, style, align }: { width: number; style: TextStyle; align?: Align }
): Block {
  return linesBlock(canvas.lines(text, width, style), { width, style, align })
}

export function linesBlock(
  lines: readonly TextLine[],
  layout: { width: number; style: TextStyle; align?: Align }
): Block {
  const { width, style, align = "left" } = layout
  const step = lineHeight(style)
  return {
    height: lines.length * step,
    draw(canvas, left, top) {
      lines.forEach((line, index) => {
        canvas.text(line, { x: align === "left" ? left : left + width, top: top + index * step, align, style })
      })
    },
    split(height) {
      const fit = Math.floor(height / step)
      return fit > 0 && fit < lines.length
        ? [linesBlock(lines.slice(0, fit), layout), linesBlock(lines.slice(fit), layout)]
        : undefined
    },
  }
}
