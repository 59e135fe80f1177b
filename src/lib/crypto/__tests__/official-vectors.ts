import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"

const FOLDER = join(__dirname, "../../../../../shared/vectors")

/**
 * A test over a file of official vectors. The files are no part of the repository: they are read from `shared/vectors`
 * beside it, and where one is missing the test is skipped, which its name and a line of output say.
 *
 * @typeParam Vectors what the file's JSON looks like
 */
export function testWithVectors<Vectors>(file: string, name: string, test: (vectors: Vectors) => void): void {
  const path = join(FOLDER, file)
  if (existsSync(path)) {
    it(`${name} (${file})`, () => test(JSON.parse(readFileSync(path, "utf8"))))
  } else {
    const reason = `skipped, because ../shared/vectors/${file} is not there`
    process.stderr.write(`${name}: ${reason}\n`)
    it.skip(`${name}: ${reason}`, () => undefined)
  }
}
