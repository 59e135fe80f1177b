import bidiFactory from "bidi-js"

import { mainTypeface, typefaceOf, type Typeface, type Weight } from "./typefaces"

export type Direction = "ltr" | "rtl"

/** Text of one typeface and one direction, in the order its letters are read. */
export interface TextRun {
  readonly text: string
  readonly face: Typeface
}

const bidi = bidiFactory()

/** In place of a character that no typeface has: PDF/A allows no missing glyph. */
const MISSING = "\ufffd"

/** Without a look of their own: joiners that shape their neighbours stay, marks of direction have done their work. */
const INVISIBLE = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g

/** Before this code point no letter is written from right to left. */
const FIRST_RIGHT_TO_LEFT = 0x590
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\u200f\u202b\u202e\u2067]/u

/**
 * A line of text as it is drawn, from left to right: letters in the order of the Unicode bidirectional
 * algorithm, each in a typeface that has it. A word written from right to left is a run of its own, since
 * fonts join its letters but do not order words.
 *
 * @param direction of the text that the line is part of
 */
export function visualRuns(line: string, weight: Weight, direction: Direction): TextRun[] {
  const text = line.replace(CONTROL, " ")
  if (!isRightToLeft(text)) {
    return inTypefaces(text.replace(INVISIBLE, ""), weight)
  }
  const { levels } = bidi.getEmbeddingLevels(text, direction)
  const runs: TextRun[] = []
  for (const { start, end, level } of visualOrder(text, levels)) {
    const part = text.slice(start, end)
    if (level % 2 === 0) {
      runs.push(...inTypefaces(part.replace(INVISIBLE, ""), weight).map((run) => laidOut(run, "ltr")))
      continue
    }
    const words = mirrored(part).replace(INVISIBLE, "").split(/(?<= )|(?= )/)
    for (const word of words.reverse()) {
      runs.push(...inTypefaces(word, weight).reverse().map((run) => laidOut(run, "rtl")))
    }
  }
  return runs
}

/**
 * A font turns its glyphs round by the script of the text, whatever the algorithm says: Arabic figures,
 * which run from left to right, and brackets at the end of a Hebrew name, which do not, are turned back.
 */
function laidOut({ text, face }: TextRun, direction: Direction): TextRun {
  const same = text.length < 2 || face.font.layout(text).direction === direction
  return { text: same ? text : [...text].reverse().join(""), face }
}

/** A text whose direction is its own, whatever stands around it: a name among labels. */
export const isolated = (text: string): string => (isRightToLeft(text) ? `\u2068${text}\u2069` : text)

/** The direction of the first letter that has one. */
export function directionOf(text: string): Direction {
  return isRightToLeft(text) && bidi.getEmbeddingLevels(text).paragraphs[0]?.level === 1 ? "rtl" : "ltr"
}

function isRightToLeft(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= FIRST_RIGHT_TO_LEFT) {
      return RIGHT_TO_LEFT.test(text)
    }
  }
  return false
}

interface LevelRun {
  readonly start: number
  readonly end: number
  readonly level: number
}

/** Rule L2 of the algorithm: every stretch of a level or above is turned round, from the highest down to the lowest odd one. */
function visualOrder(text: string, levels: Uint8Array): LevelRun[] {
  const runs: LevelRun[] = []
  for (let start = 0; start < text.length; ) {
    let end = start + 1
    while (end < text.length && levels[end] === levels[start]) {
      end++
    }
    runs.push({ start, end, level: levels[start] })
    start = end
  }
  const highest = Math.max(...runs.map((run) => run.level))
  for (let level = highest; level >= 1; level--) {
    for (let first = 0; first < runs.length; first++) {
      let last = first
      while (last < runs.length && runs[last].level >= level) {
        last++
      }
      if (last > first) {
        runs.splice(first, last - first, ...runs.slice(first, last).reverse())
        first = last
      }
    }
  }
  return runs
}

const mirrored = (text: string): string =>
  [...text].map((character) => bidi.getMirroredCharacter(character) ?? character).join("")

function inTypefaces(text: string, weight: Weight): TextRun[] {
  const runs: { text: string; face: Typeface }[] = []
  for (const character of text) {
    const last = runs.at(-1)
    const found = faceFor(character, weight, last?.face)
    if (last && last.face === found.face) {
      last.text += found.character
    } else {
      runs.push({ text: found.character, face: found.face })
    }
  }
  return runs
}

/** A character stays in the typeface of the one before it where that has it, so that marks stay with their letters. */
function faceFor(character: string, weight: Weight, before: Typeface | undefined) {
  const codePoint = character.codePointAt(0) ?? 0
  if (before && before !== mainTypeface(weight) && before.font.hasGlyphForCodePoint(codePoint)) {
    return { character, face: before }
  }
  const face = typefaceOf(codePoint, weight)
  return face ? { character, face } : { character: MISSING, face: mainTypeface(weight) }
}
