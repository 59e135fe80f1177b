import fc from "fast-check"

import { addressScope, allowedScopes, isLoopbackHost } from "../address-scope"

describe("the scope of an address", () => {
  it.each([
    ["public", ["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1"]],
    ["public", ["192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"]],
    ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255"]],
    ["loopback", ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"]],
    ["never", ["0.0.0.0", "0.1.2.3", "169.254.169.254", "192.0.0.8", "192.0.2.1", "198.51.100.1", "203.0.113.1"]],
    ["never", ["192.88.99.1", "198.18.0.1", "198.19.255.255", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"]],
    ["public", ["2606:4700:4700::1111", "2a00:1450::1", "2001:200::1", "2400::1"]],
    ["private", ["fc00::1", "fd12:3456::1", "64:ff9b:1::1"]],
    ["never", ["::", "fe80::1", "fe80::1%eth0", "febf::1", "fec0::1", "ff02::1", "100::1", "5f00::1", "4000::1"]],
    ["never", ["2001:db8::1", "3fff::1", "2001::1", "2001:0:4136:e378::", "2001:2::1", "2001:10::1", "::7f00:1", "::10.0.0.1"]],
    // 10.0.0.1 is 0a00:0001, 127.0.0.1 7f00:0001, 169.254.169.254 a9fe:a9fe, 1.1.1.1 0101:0101.
    ["private", ["::ffff:10.0.0.1", "::ffff:a00:1", "64:ff9b::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2002:a00:1::5"]],
    ["loopback", ["::ffff:7f00:1", "64:ff9b::7f00:1", "2002:7f00:1::1"]],
    ["never", ["::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "::ffff:0:0"]],
    ["public", ["::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1"]],
    ["never", ["", "localhost", "example.com", "10.0.0", "1.2.3.4.5", "2130706433", "0x7f000001", "[::1]", "::1]", "%"]],
  ])("is %s for %j", (scope, addresses) => {
    expect(addresses.map(addressScope)).toEqual(addresses.map(() => scope))
  })

  it("is that of the IPv4 address that an IPv6 address stands for", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const scope = addressScope(address)
        const [a, b, c, d] = address.split(".").map((it) => Number(it).toString(16).padStart(2, "0"))
        const forms = [`::ffff:${address}`, `64:ff9b::${a}${b}:${c}${d}`, `2002:${a}${b}:${c}${d}::1`]
        expect(forms.map(addressScope)).toEqual([scope, scope, scope])
      })
    )
  })

  it("is known for every address that there can be", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(["public", "private", "loopback", "never"]).toContain(addressScope(address))
      })
    )
  })
})

describe("a relay's host", () => {
  it.each([
    ["localhost", true],
    ["127.0.0.1", true],
    ["127.9.9.9", true],
    ["::1", true],
    ["::ffff:127.0.0.1", false],
    ["localhost.example.com", false],
    ["relay.localhost", false],
    ["10.0.0.1", false],
  ])("%s is loopback: %s", (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected)
  })

  it("leads to loopback only, or never there", () => {
    for (const privateAddresses of [true, false]) {
      expect(allowedScopes("localhost", { privateAddresses })).toEqual(["loopback"])
    }
    expect(allowedScopes("relay.example.com", { privateAddresses: false })).toEqual(["public"])
    expect(allowedScopes("relay.example.com", { privateAddresses: true })).toEqual(["public", "private"])
  })
})
