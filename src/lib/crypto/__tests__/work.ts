import crypto from "node:crypto"

/** Calls of each function of node:crypto that was called, and bytes that were deciphered. */
export type Work = Readonly<Record<string, number>>

/** What everything has that deciphers with a nonce; its class is not among the types of node:crypto. */
const DECIPHER: crypto.Decipher = Object.getPrototypeOf(
  crypto.createDecipheriv("chacha20-poly1305", Buffer.alloc(32), Buffer.alloc(12), { authTagLength: 16 })
)

/** What something costs, counted: hashes, keys, signatures, ciphers, whatever node:crypto has, and how much is deciphered. */
export function workOf<Result>(act: () => Result): { readonly result: Result; readonly work: Work } {
  const deciphered = jest.spyOn(DECIPHER, "update")
  const calls = functionNames().map((name) => ({ name, spy: jest.spyOn(crypto, name) }))
  try {
    const result = act()
    const called = calls.flatMap(({ name, spy }) => (spy.mock.calls.length > 0 ? [[name, spy.mock.calls.length]] : []))
    const bytes = deciphered.mock.calls.reduce((sum, [text]) => sum + text.length, 0)
    return { result, work: { ...Object.fromEntries(called), bytes } }
  } finally {
    calls.forEach(({ spy }) => spy.mockRestore())
    deciphered.mockRestore()
  }
}

/** All of them; the type of one stands for each, whose arguments nobody here looks at. */
function functionNames(): "hash"[] {
  return Object.entries(Object.getOwnPropertyDescriptors(crypto)).flatMap(([name, { value, writable }]) =>
    writable && typeof value === "function" && /^[a-z]/.test(name) ? [name as "hash"] : []
  )
}
