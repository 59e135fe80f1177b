import { readFileSync } from "node:fs"
import { runInThisContext } from "node:vm"
import type nacl from "tweetnacl"

/**
 * The second implementation, without its random source, run outside Jest's sandbox: inside, each of its many reads of
 * a global is a look-up in the sandbox's context, which makes it some forty times slower.
 */
export function loadTweetnacl(): typeof nacl {
  const filename = require.resolve("tweetnacl/nacl-fast.js")
  const source = `(() => { const module = { exports: {} }; ${readFileSync(filename, "utf8")}; return module.exports })`
  const load: () => typeof nacl = runInThisContext(source, { filename })
  return load()
}
