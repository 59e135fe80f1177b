import { WholesaleError } from "../errors/wholesale-error"

const YEAR = "{YYYY}"
const SEQUENCE = /\{SEQ(?::([1-9]|1[0-2]))?\}/

/**
 * Writes a document number from its pattern: `{YYYY}` is the year, `{SEQ:6}` the running number
 * padded to six digits, at most 12 (it grows beyond them, never wraps).
 *
 * `formatDocumentNumber("B2B-{YYYY}-{SEQ:6}", { year: 2026, sequence: 1 })` is `B2B-2026-000001`.
 */
export function formatDocumentNumber(
  pattern: string,
  { year, sequence }: { year: number; sequence: number }
): string {
  assertNumberPattern(pattern)
  return pattern
    .replace(YEAR, String(year))
    .replace(SEQUENCE, (_, width?: string) => String(sequence).padStart(Number(width ?? 1), "0"))
}

/**
 * The series a number is drawn from: yearly when the pattern shows the year, else one series for
 * ever. Numbers of one series are gapless.
 */
export function seriesYear(pattern: string, at: Date): number {
  return pattern.includes(YEAR) ? at.getUTCFullYear() : 0
}

/** @throws WholesaleError 400 `invalid_number_pattern` unless there is exactly one `{SEQ}` */
export function assertNumberPattern(pattern: string): void {
  const sequences = pattern.match(new RegExp(SEQUENCE, "g")) ?? []
  const rest = pattern.replace(YEAR, "").replace(SEQUENCE, "")
  if (sequences.length !== 1 || /[{}]/.test(rest) || pattern.length > 40) {
    throw new WholesaleError(
      400,
      "invalid_number_pattern",
      `"${pattern}" is no number pattern: write one {SEQ:6}, at most one {YYYY} and up to 40 characters.`,
      { pattern }
    )
  }
}

/**
 * Whether two patterns can write the same number, whatever the years and running numbers; letters are
 * compared in any case. A running number has its width or more, never a zero in front beyond it.
 */
export function mayGiveEqualNumbers(one: string, other: string): boolean {
  return overlap(signsOf(one), signsOf(other))
}

/** What may stand at a place: that sign, any digit, or any digit and more of them. */
type Sign = string | "digit" | "digits"

function signsOf(pattern: string): Sign[] {
  return [...pattern.matchAll(/\{YYYY\}|\{SEQ(?::(\d+))?\}|[^{}]/g)].flatMap(([written, width]) => {
    if (written === YEAR) {
      return Array<Sign>(4).fill("digit")
    }
    return written.startsWith("{") ? [...Array<Sign>(Number(width ?? 1) - 1).fill("digit"), "digits"] : [written.toLowerCase()]
  })
}

/** Both are read side by side; where digits may follow, either pattern may stay there for the next. */
function overlap(one: readonly Sign[], other: readonly Sign[]): boolean {
  const seen = new Set<string>()
  const reach = (i: number, j: number): boolean => {
    if (i === one.length && j === other.length) {
      return true
    }
    if (i === one.length || j === other.length || seen.has(`${i} ${j}`) || !fits(one[i], other[j])) {
      return false
    }
    seen.add(`${i} ${j}`)
    return (
      reach(i + 1, j + 1) ||
      (one[i] === "digits" && reach(i, j + 1)) ||
      (other[j] === "digits" && reach(i + 1, j))
    )
  }
  return reach(0, 0)
}

const isDigits = (sign: Sign) => sign === "digit" || sign === "digits"

function fits(one: Sign, other: Sign): boolean {
  return (
    (isDigits(one) && isDigits(other)) ||
    (isDigits(one) && /^\d$/.test(other)) ||
    (isDigits(other) && /^\d$/.test(one)) ||
    one === other
  )
}
