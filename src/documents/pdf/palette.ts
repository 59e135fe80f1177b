export const INK = "#1f2328"
export const GREY = "#667078"
export const HAIRLINE = "#d5d9dd"
export const PAPER = "#ffffff"

const DEFAULT_BRAND = "#2f3a45"

/** Contrast that small text needs (WCAG 2.1, 1.4.3). */
const READABLE = 4.5

/** The colours of a store's documents. */
export interface Palette {
  /** Behind the heads of tables. */
  readonly brand: string
  /** On top of it. */
  readonly on_brand: string
  /** The brand's colour as far as it can be read on white, else as dark as that takes. */
  readonly accent: string
}

/** @param brand `#rrggbb`; anything else takes a dark grey */
export function palette(brand: string | null): Palette {
  const color = brand && /^#[0-9a-f]{6}$/i.test(brand) ? brand.toLowerCase() : DEFAULT_BRAND
  return {
    brand: color,
    on_brand: contrast(color, PAPER) >= contrast(color, INK) ? PAPER : INK,
    accent: readable(color),
  }
}

function readable(color: string): string {
  let shade = color
  while (contrast(shade, PAPER) < READABLE) {
    shade = hex(channels(shade).map((channel) => channel * 0.9))
  }
  return shade
}

function contrast(left: string, right: string): number {
  const [lighter, darker] = [luminance(left), luminance(right)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const channels = (color: string): number[] =>
  [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)

const hex = (values: readonly number[]): string =>
  `#${values.map((value) => Math.round(value * 255).toString(16).padStart(2, "0")).join("")}`
