const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" })

/** Where a line may end: after a space, a hyphen or a slash. */
const BREAKS = /(?<=[ \t\u2003\u200b/\u2010-\u2014-])(?![ \t])/

/**
 * The lines of a text that are no wider than the width. Words stay whole where they can; one that is wider
 * by itself is cut between letters as people see them.
 *
 * @param widthOf width of a piece of text in the same units as `width`
 */
export function wrap(text: string, width: number, widthOf: (piece: string) => number): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).flatMap((paragraph) => wrapParagraph(paragraph, width, widthOf))
}

function wrapParagraph(text: string, width: number, widthOf: (piece: string) => number): string[] {
  if (widthOf(text) <= width) {
    return [text]
  }
  const lines: string[] = []
  let line = ""
  let used = 0
  for (const piece of text.split(BREAKS)) {
    const wide = widthOf(piece.trimEnd())
    if (line && used + wide > width) {
      lines.push(line.trimEnd())
      line = ""
      used = 0
    }
    if (wide <= width) {
      line += piece
      used += widthOf(piece)
      continue
    }
    const cut = cutWord(piece, width, widthOf)
    line = cut.pop() ?? ""
    used = widthOf(line)
    lines.push(...cut)
  }
  return [...lines, line.trimEnd()]
}

function cutWord(word: string, width: number, widthOf: (piece: string) => number): string[] {
  const parts: string[] = []
  let part = ""
  for (const { segment } of graphemes.segment(word)) {
    if (part && widthOf(part + segment) > width) {
      parts.push(part)
      part = ""
    }
    part += segment
  }
  return [...parts, part]
}
