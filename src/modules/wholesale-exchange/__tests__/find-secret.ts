import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib"

const HEX = /^([0-9a-f]{2})+$/i
const LEAST_CHARACTERS = 8

/**
 * Rows, read and unpacked once, in which a secret is then looked for: as bytes, as text, in hex, in base64
 * at any offset, and in whatever these hold when unpacked.
 *
 * @returns where a secret is: names of columns, one for each find
 */
export function searchable(rows: readonly object[]): (secret: Buffer) => string[] {
  const values = rows.flatMap((row) =>
    Object.entries(row).map(([column, value]) => ({ column, contents: contentsOf(value) }))
  )
  return (secret) => {
    const forms = formsOf(secret)
    return values.flatMap(({ column, contents }) =>
      contents.some((bytes) => forms.some((form) => bytes.includes(form))) ? [column] : []
    )
  }
}

/** How the secret can stand in other bytes. */
function formsOf(secret: Buffer): Buffer[] {
  const hex = secret.toString("hex")
  // At an offset of 1 or 2 bytes the first and the last characters depend on what is around it.
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), secret]).toString("base64").replace(/=+$/, "")
    const inner = text.slice(offset === 0 ? 0 : offset + 1, -1)
    return [inner, inner.replace(/\+/g, "-").replace(/\//g, "_")]
  })
  const texts = [hex, hex.toUpperCase(), ...base64].filter((text) => text.length >= LEAST_CHARACTERS)
  return [secret, ...texts.map((text) => Buffer.from(text, "latin1"))]
}

/** What a value is, and what it may be the writing of. */
function contentsOf(value: unknown): Buffer[] {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "")
  const parts = [text, ...text.split(".")]
  const read = parts.flatMap((part) => [
    Buffer.from(part, "utf8"),
    Buffer.from(part, "base64"),
    ...(HEX.test(part) ? [Buffer.from(part, "hex")] : []),
  ])
  return read.flatMap((bytes) => [bytes, ...unpacked(bytes)])
}

function unpacked(bytes: Buffer): Buffer[] {
  return [gunzipSync, inflateSync, inflateRawSync].flatMap((unpack) => {
    try {
      return [unpack(bytes)]
    } catch {
      return []
    }
  })
}
