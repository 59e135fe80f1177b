/**
 * The function, computing once what it makes of the same input. Input is bytes, text and objects of them.
 *
 * @returns a copy each time, which may be overwritten
 */
export function memoized<Input extends readonly unknown[]>(
  compute: (...input: Input) => Buffer
): (...input: Input) => Buffer {
  const computed = memoizedAnswer(compute)
  return (...input) => Buffer.from(computed(...input))
}

/** The same for what answers with something that nobody overwrites. */
export function memoizedAnswer<Input extends readonly unknown[], Answer>(
  compute: (...input: Input) => Answer
): (...input: Input) => Answer {
  const known = new Map<string, Answer>()
  return (...input) => {
    const key = textOf(input)
    const answer = known.get(key) ?? compute(...input)
    known.set(key, answer)
    return answer
  }
}

function textOf(input: unknown): string {
  if (input instanceof Uint8Array) {
    return Buffer.from(input).toString("hex")
  }
  return typeof input === "object" && input !== null
    ? `{${Object.entries(input).map(([name, value]) => `${name}:${textOf(value)}`).join()}}`
    : String(input)
}
