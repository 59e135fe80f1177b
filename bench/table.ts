/** A Markdown table whose first column is text and the others are figures. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  return [line(heads), `|---|${"--:|".repeat(heads.length - 1)}`, ...rows.map(line)].join("\n")
}

export const count = (value: number): string => Math.round(value).toLocaleString("en")

export const milliseconds = (value: number): string => (value < 100 ? value.toFixed(1) : count(value))

export const times = (value: number): string => value.toFixed(value < 10 ? 2 : 1)
