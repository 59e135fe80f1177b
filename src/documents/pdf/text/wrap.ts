const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" })

const AFTER_SPACE = /(?<=[ \t\u2000-\u2006\u2008-\u200b])(?![ \t])/
const WITHIN_WORD = /(?<=[/\u2010\u2012-\u2014-])/

/**
 * The lines of a text that are no wider than the width. Words stay whole where they can; one that is wider
 * by itself is cut after a hyphen or a slash, else between letters as people see them.
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
  for (const piece of text.split(AFTER_SPACE).flatMap((word) => cutWord(word, width, widthOf))) {
    if (line && used + widthOf(piece.trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ""
      used = 0
    }
    line += piece
    used += widthOf(piece)
  }
  return [...lines, line.trimEnd()]
}

/** A word in pieces that fit, itself where it does. */
function cutWord(word: string, width: number, widthOf: (piece: string) => number): string[] {
  if (widthOf(word.trimEnd()) <= width) {
    return [word]
  }
  return word.split(WITHIN_WORD).flatMap((part) => (widthOf(part.trimEnd()) <= width ? [part] : cutLetters(part, width, widthOf)))
}

function cutLetters(word: string, width: number, widthOf: (piece: string) => number): string[] {
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
