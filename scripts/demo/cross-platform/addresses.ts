import type { Side } from "../../fixture/trading-stores"
import { choosePort, isFree, nextFreePort } from "../ports"
import { makeKept, readKept, type Kept } from "./kept"

/** Where each of the three listens, and what the two backends keep their keys under. */
export interface Addresses extends Pick<Kept, "master_keys"> {
  readonly ports: Readonly<Record<Side | "relay", number>>
}

export interface AddressesWanted {
  readonly root: string
  /** Of the databases. */
  readonly name: string
  /** The first backend's port, where a person asked for one. */
  readonly port: number | undefined
  /** Whether there is nothing from an earlier run. */
  readonly is_new: boolean
}

/**
 * Ports that are free, and the keys of the run before or new ones. The relay's port stays the same from run
 * to run: it is a part of the address that paired stores know their relay by.
 *
 * @throws Error where that port, or the one that was asked for, is taken
 */
export async function chooseAddresses({ root, name, port, is_new }: AddressesWanted): Promise<Addresses> {
  const kept = readKept(root, name, { fresh: is_new })
  const distributor = await choosePort(port, kept?.relay_port)
  const retailer = await nextFreePort(distributor + 1, kept?.relay_port)
  const { master_keys, relay_port: relay } = kept ?? makeKept(root, name, await nextFreePort(retailer + 1))
  if (!(await isFree(relay))) {
    throw new Error(
      `Port ${relay}, at which the stores know their relay, is taken: end what uses it, or start afresh with --reset.`
    )
  }
  return { master_keys, ports: { distributor, retailer, relay } }
}

/**
 * Where `REDIS_URL` is set, each of the three has a database of its own there, the one that is named and the
 * next two: on one, backends take each other's events and jobs.
 */
export function redisOf(index: number): { REDIS_URL?: string } {
  const { REDIS_URL } = process.env
  if (!REDIS_URL) {
    return {}
  }
  const url = new URL(REDIS_URL)
  url.pathname = `/${(Number(url.pathname.slice(1)) || 0) + index}`
  return { REDIS_URL: url.toString() }
}
