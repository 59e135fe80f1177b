import type { LocaleFormat } from "../language/locale-format"
import type { Labels } from "../language/labels"
import type { Canvas, TextStyle } from "./canvas"
import { GREY, INK, type Palette } from "./palette"

/** Distance of everything from the edges of the paper. */
export const MARGIN = 48

export interface Paper {
  readonly width: number
  readonly height: number
}

const A4: Paper = { width: 595.28, height: 841.89 }
const LETTER: Paper = { width: 612, height: 792 }

/** Where printers are loaded with US Letter (Unicode CLDR, `measurementData/paperSize`). */
const LETTER_COUNTRIES = new Set(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])

/** The paper of the country that a document is sent from. */
export const paperOf = (countryCode: string | null): Paper =>
  LETTER_COUNTRIES.has(countryCode?.toUpperCase() ?? "") ? LETTER : A4

/** What every part of a document is set with. */
export interface Sheet {
  readonly canvas: Canvas
  readonly paper: Paper
  readonly palette: Palette
  readonly labels: Labels
  readonly format: LocaleFormat
  /** Between the margins. */
  readonly width: number
}

const style = (weight: TextStyle["weight"], size: number, color: string): TextStyle => ({ weight, size, color })

export const BODY = style("regular", 9, INK)
export const STRONG = style("bold", 9, INK)
export const SMALL = style("regular", 7.5, GREY)
export const CAPTION = style("bold", 7.5, GREY)
export const FIGURE = style("bold", 12, INK)
export const TITLE = style("bold", 20, INK)
