import type { FastifyRequest } from "fastify"

import { malformed } from "../relay-error"

const NOTHING = Buffer.alloc(0)

/** The bytes of a request's body; none where there is none. */
export function bodyOf({ body }: Pick<FastifyRequest, "body">): Buffer {
  return Buffer.isBuffer(body) ? body : NOTHING
}

/** The fields of a JSON object, read one by one; `path` is where in the request they are. */
export class Fields {
  private constructor(
    private readonly values: ReadonlyMap<string, unknown>,
    private readonly path: string
  ) {}

  /**
   * A request's body. How deep JSON is nested does not matter: V8 parses it without recursion, the size is capped
   * before, and what is not asked for is refused at the first level.
   *
   * @param names all fields that it may have
   * @throws RelayError 400 `request_malformed`
   */
  static ofBody(request: Pick<FastifyRequest, "body">, names: readonly string[]): Fields {
    let json: unknown
    try {
      json = JSON.parse(bodyOf(request).toString("utf8"))
    } catch {
      throw malformed("body", "JSON")
    }
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw malformed("body", "an object")
    }
    const values = new Map<string, unknown>(Object.entries(json))
    for (const name of values.keys()) {
      if (!names.includes(name)) {
        throw malformed("body", `an object of ${names.join(", ")} and nothing else`)
      }
    }
    return new Fields(values, "")
  }

  /** Bytes in base64url, as it writes them. */
  bytes(name: string, size: { readonly exactly: number } | { readonly atMost: number }): Buffer {
    return readBytes(this.values.get(name), this.path + name, size)
  }

  /** A whole number. */
  count(name: string, { from, to, otherwise }: { from: number; to: number; otherwise?: number }): number {
    const value = this.values.get(name) ?? otherwise
    if (typeof value !== "number" || !Number.isInteger(value) || value < from || value > to) {
      throw malformed(this.path + name, `a whole number from ${from} to ${to}`)
    }
    return value
  }

  text(name: string, pattern: RegExp, expected: string): string {
    return readText(this.values.get(name), this.path + name, pattern, expected)
  }

  /** A list; none where the field is missing. */
  list<Item>(name: string, atMost: number, read: (value: unknown, path: string) => Item): Item[] {
    const value = this.values.get(name) ?? []
    if (!Array.isArray(value) || value.length > atMost) {
      throw malformed(this.path + name, `a list of at most ${atMost}`)
    }
    return value.map((item: unknown, index) => read(item, `${this.path}${name}[${index}]`))
  }
}

export function readText(value: unknown, path: string, pattern: RegExp, expected: string): string {
  if (typeof value !== "string" || !pattern.test(value)) {
    throw malformed(path, expected)
  }
  return value
}

export function readBytes(
  value: unknown,
  path: string,
  size: { readonly exactly: number } | { readonly atMost: number }
): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value, "base64url") : NOTHING
  const fits = "exactly" in size ? bytes.length === size.exactly : bytes.length > 0 && bytes.length <= size.atMost
  if (!fits || bytes.toString("base64url") !== value) {
    const length = "exactly" in size ? `${size.exactly}` : `1 to ${size.atMost}`
    throw malformed(path, `${length} bytes in base64url`)
  }
  return bytes
}

/** An id in a url, undefined for what is none: whoever looks it up answers as for one that is not there. */
export function idInUrl(text: string, bytes: number): Buffer | undefined {
  const id = Buffer.from(text, "base64url")
  return id.length === bytes && id.toString("base64url") === text ? id : undefined
}
