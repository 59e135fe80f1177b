import { BlockList, isIP, isIPv4 } from "node:net"

/** Where an address leads; `never`: to nothing that a relay could stand on. */
export type AddressScope = "public" | "loopback" | "private" | "never"

/**
 * The scope of an IP address, by the special-purpose registries of IANA (RFC 6890 and what came after it). An IPv6
 * address that stands for an IPv4 one (mapped, NAT64, 6to4) has the scope of that one. What is no address is `never`.
 */
export function addressScope(address: string): AddressScope {
  // The zone of a link-local address, as in fe80::1%eth0, is no part of it.
  const [bare] = address.split("%")
  if (isIP(bare) === 0) {
    return "never"
  }
  return isIPv4(bare) ? scopeOf4(bare) : scopeOf6(bare)
}

/** Whether a URL's host says by itself that the relay is on this machine. IPv6 addresses without brackets. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && scopeOf4(host) === "loopback")
}

/**
 * What a relay with this host may be connected to. A loopback host leads nowhere else, for what goes there may go
 * unencrypted; any other host never leads to loopback, whatever its name resolves to.
 */
export function allowedScopes(host: string, { privateAddresses }: { privateAddresses: boolean }): readonly AddressScope[] {
  if (isLoopbackHost(host)) {
    return ["loopback"]
  }
  return privateAddresses ? ["public", "private"] : ["public"]
}

function scopeOf4(address: string): AddressScope {
  if (LOOPBACK_4.check(address)) {
    return "loopback"
  }
  if (PRIVATE_4.check(address)) {
    return "private"
  }
  return NEVER_4.check(address) ? "never" : "public"
}

function scopeOf6(address: string): AddressScope {
  const groups = groupsOf(address)
  const embedded = EMBEDDING.find(({ range }) => range.check(address, "ipv6"))
  if (embedded) {
    return scopeOf4(dotted(groups[embedded.at], groups[embedded.at + 1]))
  }
  if (LOOPBACK_6.check(address, "ipv6")) {
    return "loopback"
  }
  if (PRIVATE_6.check(address, "ipv6")) {
    return "private"
  }
  return GLOBAL_6.check(address, "ipv6") && !NEVER_6.check(address, "ipv6") ? "public" : "never"
}

/** The eight numbers of an IPv6 address; a URL writes them all in hex, also where the address ends as an IPv4 one. */
function groupsOf(address: string): number[] {
  const [head, tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::").map(numbersOf)
  return tail ? [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail] : head
}

const numbersOf = (groups: string): number[] => (groups === "" ? [] : groups.split(":").map((it) => parseInt(it, 16)))
const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join(".")

function ranges(family: "ipv4" | "ipv6", ...subnets: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList()
  subnets.forEach(([address, prefix]) => list.addSubnet(address, prefix, family))
  return list
}

const LOOPBACK_4 = ranges("ipv4", ["127.0.0.0", 8])
/** RFC 1918, and RFC 6598: between a provider and its customers. */
const PRIVATE_4 = ranges("ipv4", ["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["100.64.0.0", 10])
const NEVER_4 = ranges(
  "ipv4",
  // This network: a connection to 0.0.0.0 is one to this machine.
  ["0.0.0.0", 8],
  // Link-local, where clouds tell a machine its secrets.
  ["169.254.0.0", 16],
  // IETF protocol assignments, 6to4 relays, benchmarking, documentation.
  ["192.0.0.0", 24],
  ["192.88.99.0", 24],
  ["198.18.0.0", 15],
  ["192.0.2.0", 24],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  // Multicast, reserved, broadcast.
  ["224.0.0.0", 4],
  ["240.0.0.0", 4]
)

/** Where an IPv6 address has an IPv4 one in it, and from which of its eight numbers on. */
const EMBEDDING: readonly { readonly range: BlockList; readonly at: number }[] = [
  { range: ranges("ipv6", ["::ffff:0:0", 96]), at: 6 },
  { range: ranges("ipv6", ["64:ff9b::", 96]), at: 6 },
  { range: ranges("ipv6", ["2002::", 16]), at: 1 },
]
const LOOPBACK_6 = ranges("ipv6", ["::1", 128])
/** Unique local (RFC 4193), and NAT64 of a network's own (RFC 8215). */
const PRIVATE_6 = ranges("ipv6", ["fc00::", 7], ["64:ff9b:1::", 48])
/** All that is given out as global unicast. */
const GLOBAL_6 = ranges("ipv6", ["2000::", 3])
/** IETF protocol assignments (Teredo, benchmarking, ORCHID), documentation. */
const NEVER_6 = ranges("ipv6", ["2001::", 23], ["2001:db8::", 32], ["3fff::", 20])
