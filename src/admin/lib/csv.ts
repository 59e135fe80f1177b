/** Signs between the columns of a bank's file, as the API takes them. */
export const DELIMITERS = [",", ";", "\t"] as const
export type Delimiter = (typeof DELIMITERS)[number]

/** The titles in a CSV's first row. Quoted ones may hold the delimiter. */
export function titlesOf(csv: string, delimiter: Delimiter): string[] {
  const titles: string[] = []
  let title = ""
  let quoted = false
  for (const sign of firstRow(csv)) {
    if (sign === '"') {
      quoted = !quoted
    } else if (sign === delimiter && !quoted) {
      titles.push(title.trim())
      title = ""
    } else {
      title += sign
    }
  }
  return [...titles, title.trim()].filter((each) => each !== "")
}

/** The delimiter that makes the most columns of the first row. */
export function likelyDelimiter(csv: string): Delimiter {
  return [...DELIMITERS].sort((one, other) => titlesOf(csv, other).length - titlesOf(csv, one).length)[0]
}

/**
 * Rows as CSV that a spreadsheet opens as text and figures. A text that a spreadsheet would take for a
 * formula is led by an apostrophe; figures are not.
 */
export function toCsv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n"
}

function cell(value: string | number): string {
  if (typeof value === "number") {
    return String(value)
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function firstRow(csv: string): string {
  const [row = ""] = csv.replace(/^\uFEFF/, "").trimStart().split(/\r?\n/, 1)
  return row
}
