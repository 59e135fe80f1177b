const HIDDEN = new Set(["deleted_at"])

/**
 * A row as the API shows it: without the exact twins of amount columns (`raw_*`) and without what
 * the database alone needs.
 */
export function present(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(present)
  }
  if (value === null || typeof value !== "object" || value instanceof Date) {
    return value
  }
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return value.toJSON()
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith("raw_") && !HIDDEN.has(name))
      .map(([name, member]) => [name, present(member)])
  )
}

/**
 * Keeps the members that the `fields` query asks for: `id,number` these alone, `-lines` all but
 * this, `+lines` is the same as leaving it in.
 */
export function selectFields(row: unknown, fields: string | undefined): unknown {
  if (!fields || row === null || typeof row !== "object" || Array.isArray(row)) {
    return row
  }
  const names = fields.split(",").map((name) => name.trim()).filter(Boolean)
  const dropped = new Set(names.filter((name) => name.startsWith("-")).map((name) => name.slice(1)))
  const kept = new Set(names.filter((name) => !/^[+-]/.test(name)))
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !dropped.has(name) && (kept.size === 0 || kept.has(name)))
  )
}
