import { readFileSync } from "node:fs"
import { create, type Font } from "fontkit"

export const WEIGHTS = ["regular", "bold"] as const
export type Weight = (typeof WEIGHTS)[number]

/** The families letters are looked for in, in this order: the second only for what the first does not have. */
const FAMILIES = [
  {
    regular: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
    bold: "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
  },
  {
    regular: "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
    bold: "@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
  },
  {
    regular: "@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf",
    bold: "@expo-google-fonts/noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold.ttf",
  },
] as const satisfies readonly Record<Weight, string>[]

/** A font file, read once in a process. */
export interface Typeface {
  readonly name: string
  readonly font: Font
}

const read = new Map<string, Typeface>()

/** The typeface that has a character; undefined where none does. */
export function typefaceOf(codePoint: number, weight: Weight): Typeface | undefined {
  for (const family of FAMILIES) {
    const face = typeface(family[weight])
    if (face.font.hasGlyphForCodePoint(codePoint)) {
      return face
    }
  }
  return undefined
}

/** Whether every character of a text has a glyph. The sign of the Cambodian riel, for one, has none. */
export const canBeSet = (text: string): boolean =>
  [...text].every((character) => typefaceOf(character.codePointAt(0) ?? 0, "regular"))

/** The one that most text is set in. */
export const mainTypeface = (weight: Weight): Typeface => typeface(FAMILIES[0][weight])

function typeface(file: string): Typeface {
  const known = read.get(file)
  if (known) {
    return known
  }
  const font = create(readFileSync(require.resolve(file)))
  if ("fonts" in font) {
    throw new Error(`${file} is a collection of fonts, not one.`)
  }
  const face = { name: font.postscriptName ?? file, font }
  read.set(file, face)
  return face
}
