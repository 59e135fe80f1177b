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
