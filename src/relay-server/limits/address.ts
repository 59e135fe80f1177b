import { isIPv6 } from "node:net"

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i
const NETWORK_GROUPS = 4
const GROUPS = 8

/**
 * What counts as one caller on the network: an IPv4 address, or of an IPv6 address the /64 network, for that is what
 * one subscriber gets.
 */
export function callerAddress(ip: string): string {
  const mapped = MAPPED_IPV4.exec(ip)?.[1]
  if (mapped !== undefined || !isIPv6(ip)) {
    return mapped ?? ip
  }
  const [head = "", tail] = (ip.split("%")[0] ?? "").split("::")
  const before = groupsOf(head)
  const after = groupsOf(tail ?? "")
  const zeros = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length)
  const groups = [...before, ...new Array<string>(zeros).fill("0"), ...after]
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => parseInt(group, 16).toString(16))
    .join(":")}::/64`
}

const groupsOf = (text: string): string[] => (text === "" ? [] : text.split(":"))
