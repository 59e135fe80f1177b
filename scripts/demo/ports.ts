import { createServer } from "node:net"

const DEFAULT_PORT = 9000
const PORTS_TRIED = 100

/**
 * `asked` where it is free, else the next free one; only `asked` when a person asked for it.
 *
 * @param except is somebody else's
 */
export async function choosePort(asked: number | undefined, except?: number): Promise<number> {
  if (asked === undefined) {
    return await nextFreePort(DEFAULT_PORT, except)
  }
  if (asked === except || !(await isFree(asked))) {
    throw new Error(`Port ${asked} is taken.`)
  }
  return asked
}

/** @throws Error where none of a hundred is free */
export async function nextFreePort(first: number, except?: number): Promise<number> {
  const last = first + PORTS_TRIED - 1
  for (let port = first; port <= last; port++) {
    if (port !== except && (await isFree(port))) {
      return port
    }
  }
  throw new Error(`No port from ${first} to ${last} is free.`)
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once("error", () => done(false))
    probe.listen(port, () => probe.close(() => done(true)))
  })
}
