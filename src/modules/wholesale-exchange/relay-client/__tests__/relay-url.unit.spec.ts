import { inspect } from "node:util"

import { WholesaleError } from "../../../../lib/errors/wholesale-error"
import { readRelayUrl } from "../relay-url"

const publicOnly = { privateAddresses: false }
const privateToo = { privateAddresses: true }

function refusalOf(text: string, rules: { privateAddresses: boolean }): WholesaleError {
  try {
    readRelayUrl(text, rules)
  } catch (error) {
    if (error instanceof WholesaleError) {
      return error
    }
  }
  throw new Error(`${text} was taken`)
}

describe("a relay's URL", () => {
  it.each([
    ["https://relay.example.com", "https://relay.example.com"],
    [" https://Relay.Example.com:443/ \n", "https://relay.example.com"],
    ["https://relay.example.com:8443", "https://relay.example.com:8443"],
    ["https://relé.example", "https://xn--rel-dma.example"],
    ["https://1.1.1.1", "https://1.1.1.1"],
    ["https://[2606:4700:4700::1111]:8443", "https://[2606:4700:4700::1111]:8443"],
    ["http://localhost:9000", "http://localhost:9000"],
    ["https://localhost", "https://localhost"],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9000"],
    ["http://127.1:9000", "http://127.0.0.1:9000"],
    ["http://[::1]:9000", "http://[::1]:9000"],
  ])("%j is the origin %s", (text, origin) => {
    expect(readRelayUrl(text, publicOnly)).toBe(origin)
  })

  it.each([
    ["form", ["", "relay", "relay.example.com", "relay.example.com:8443/x y", "https://", "https:///", "//relay.example.com"]],
    ["form", ["https://a b", "https://[fe80::1%25eth0]", "javascript:alert(1)", "mailto:a@example.com"]],
    ["scheme", ["http://relay.example.com", "ftp://relay.example.com", "wss://relay.example.com", "http://1.1.1.1"]],
    ["scheme", ["http://10.0.0.1", "http://relay.localhost", "http://localhost.", "http://[::ffff:127.0.0.1]"]],
    ["credentials", ["https://user@relay.example.com", "https://user:pass@relay.example.com", "https://:pass@relay.example.com"]],
    ["path", ["https://relay.example.com/v1", "https://relay.example.com?x", "https://relay.example.com/?", "https://relay.example.com#"]],
    ["path", ["https://relay.example.com\\@other.example.com", "https://relay.example.com//"]],
    ["address", ["https://10.0.0.1", "https://192.168.1.1", "https://100.64.0.1", "https://[fd00::1]", "https://0xa000001"]],
    ["address", ["https://169.254.169.254", "https://224.0.0.1", "https://192.0.2.1", "https://[2001:db8::1]", "https://[fe80::1]"]],
    ["address", ["https://[::ffff:10.0.0.1]", "https://[::ffff:127.0.0.1]", "https://[64:ff9b::a00:1]", "https://[2002:a00:1::]"]],
    ["address", ["https://0.0.0.0", "https://[::]", "https://0"]],
  ])("is refused for its %s: %j", (reason, texts) => {
    for (const text of texts) {
      expect(refusalOf(text, publicOnly)).toMatchObject({ status: 400, code: "relay_url_refused", details: { reason } })
    }
  })

  it("may have a private address where the operator says so, and still no other", () => {
    for (const text of ["https://10.0.0.1", "https://[fd00::1]:8443", "https://[::ffff:a00:1]", "https://100.64.0.1"]) {
      expect(readRelayUrl(text, privateToo)).toBe(text)
    }
    for (const text of ["https://169.254.169.254", "https://0.0.0.0", "https://224.0.0.1", "https://[::ffff:127.0.0.1]"]) {
      expect(refusalOf(text, privateToo).details).toEqual({ reason: "address" })
    }
    expect(refusalOf("http://10.0.0.1", privateToo).details).toEqual({ reason: "scheme" })
  })

  it("shows a way out and nothing of the URL in the refusal", () => {
    expect(refusalOf("https://10.0.0.1", publicOnly).message).toMatch(/public name.*relayPrivateAddresses/)
    const refusal = refusalOf("https://user:hunter2@relay.example.com", publicOnly)
    expect(inspect(refusal, { depth: null, showHidden: true })).not.toMatch(/hunter2|user:|relay\.example/)
  })
})
