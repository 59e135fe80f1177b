import type { LookupAddress } from "node:dns"
import { lookup as resolveName } from "node:dns/promises"
import type { LookupFunction } from "node:net"

import { addressScope, allowedScopes } from "./address-scope"
import { hostOf } from "./relay-url"

/** The addresses of a name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

/** The relay's name led to nothing that a store connects to. */
export class ForbiddenAddress extends Error {
  constructor() {
    super("The relay's host leads to an address that is not allowed.")
    this.name = "ForbiddenAddress"
  }
}

/**
 * Keeps connections to a relay from going where it is not: a name is no promise, it may resolve to another address for
 * each connection. So every connection asks `lookup` anew, which gives out allowed addresses only, and `allows` judges
 * what the socket is connected to at last, also where the host is an address and nothing was looked up.
 */
export interface ConnectGuard {
  /** For node:http, node:https and node:net. @throws ForbiddenAddress where no address of the name is allowed */
  readonly lookup: LookupFunction
  allows(address: string | undefined): boolean
}

/** @param resolve asked for each connection; the system's resolver unless given */
export function connectGuard(
  origin: string,
  rules: { readonly privateAddresses: boolean },
  resolve: Resolve = resolveBySystem
): ConnectGuard {
  const scopes = allowedScopes(hostOf(new URL(origin)), rules)
  const allows = (address: string | undefined) => address !== undefined && scopes.includes(addressScope(address))
  const resolveAllowed = async (host: string) => {
    const allowed = (await resolve(host)).filter(({ address }) => allows(address))
    if (allowed.length === 0) {
      throw new ForbiddenAddress()
    }
    return allowed
  }
  return {
    allows,
    lookup(host, { all }, callback) {
      resolveAllowed(host).then(
        (allowed) => (all ? callback(null, allowed) : callback(null, allowed[0].address, allowed[0].family)),
        (error: Error) => callback(error, [])
      )
    },
  }
}

const resolveBySystem: Resolve = (host) => resolveName(host, { all: true })
