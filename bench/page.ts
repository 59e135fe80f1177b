import { readFileSync, writeFileSync } from "node:fs"
import { cpus, totalmem, type } from "node:os"

import packageJson from "../package.json"

export const PARTS = ["sales", "listings", "replay", "exchange", "documents", "receivables"] as const
export type Part = (typeof PARTS)[number]

export const isPart = (name: string): name is Part => PARTS.some((part) => part === name)

export interface Machine {
  readonly postgres: string
  readonly rounds: number
}

/** When and where a part was measured. */
export function machineLine({ postgres, rounds }: Machine): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  const date = new Date().toISOString().slice(0, 10)
  return (
    `Measured on ${date}, medians of ${rounds} rounds: ${cpus().length} × ${cpu.model.trim()}, ${memory} GB, ${type()}; ` +
    `Node ${process.versions.node}, PostgreSQL ${postgres}, Medusa ${packageJson.devDependencies["@medusajs/medusa"]}, ` +
    `medusa-wholesale ${packageJson.version}.`
  )
}

/** Puts the results of a part between the marks that the page has for it. */
export function writePart(path: string, part: Part, results: string): void {
  const page = readFileSync(path, "utf8")
  const [mark, after] = [`<!-- npm run bench -- --only ${part} --write -->`, "<!-- end -->"]
  const begin = page.indexOf(mark)
  const end = page.indexOf(after, begin)
  if (begin < 0 || end < 0) {
    throw new Error(`${path} has no place for the results: ${mark} … ${after}`)
  }
  writeFileSync(path, `${page.slice(0, begin + mark.length)}\n${results}\n${page.slice(end)}`)
}
