export interface Figure {
  /** Key of the figure; empty for a line that speaks for itself. */
  readonly name: string
  readonly value: string
}

/** Members of an error's details that its sentence already says, or that say nothing to people. */
const UNSAID = new Set(["document", "id", "part", "header", "event", "set_by", "level", "flags"])

/**
 * The figures in an error's details, as lines for people: amounts, quantities, one line for each
 * item or field that is named.
 */
export function figuresOf(details: Readonly<Record<string, unknown>>): Figure[] {
  return Object.entries(details)
    .filter(([name]) => !UNSAID.has(name))
    .flatMap(([name, value]) => linesOf(name, value))
}

function linesOf(name: string, value: unknown): Figure[] {
  if (Array.isArray(value)) {
    return value.every(isPlain)
      ? value.length === 0
        ? []
        : [{ name, value: value.join(", ") }]
      : value.map((item) => ({ name: "", value: itemLine(item) }))
  }
  return isPlain(value) ? [{ name, value: String(value) }] : []
}

function itemLine(item: unknown): string {
  if (typeof item !== "object" || item === null) {
    return String(item)
  }
  if ("path" in item && "message" in item) {
    return [item.path, item.message].filter(Boolean).join(": ")
  }
  return Object.entries(item)
    .filter(([, value]) => isPlain(value))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ")
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value)
}
