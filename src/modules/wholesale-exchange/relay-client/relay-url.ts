import { isIP } from "node:net"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { parseUrl } from "../../../lib/relay/parse-url"
import { addressScope, allowedScopes, isLoopbackHost } from "./address-scope"

/** A relay's URL as a person gives it, to the origin that requests are signed for: `https://host[:port]`. */
export function readRelayUrl(text: string, rules: { readonly privateAddresses: boolean }): string {
  const url = parseUrl(text.trim())
  if (!url || url.hostname === "") {
    throw refused("form", "is no web address: give one such as https://relay.example.com")
  }
  const host = hostOf(url)
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw refused("scheme", "must begin with https://")
  }
  if (url.username !== "" || url.password !== "") {
    throw refused("credentials", "must not hold a user name or password: a relay knows stores by their keys")
  }
  // The text as well: an empty query or fragment leaves no trace in the parts.
  if (url.pathname !== "/" || /[?#]/.test(text)) {
    throw refused("path", "must end after host and port: leave out path, query and fragment")
  }
  if (url.protocol === "http:" && !isLoopbackHost(host)) {
    throw refused("scheme", "must begin with https://; http:// is for a relay on this machine (http://localhost:9000)")
  }
  const scopes = allowedScopes(host, rules)
  if (isIP(host) !== 0 && !scopes.includes(addressScope(host))) {
    throw refused("address", `is not in the public internet: ${wayToAddress(addressScope(host))}`)
  }
  return url.origin
}

/** The host of a URL as sockets take it: IPv6 addresses without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1")
}

function wayToAddress(scope: string): string {
  return scope === "private"
    ? "give the relay's public name, or set the plugin's option relayPrivateAddresses"
    : "give the relay's public name"
}

/** The URL itself stays out of the error: it may hold a password. */
function refused(reason: string, sentence: string): WholesaleError {
  return new WholesaleError(400, "relay_url_refused", `The relay's address ${sentence}.`, { reason })
}
