import type { LookupAddress } from "node:dns"

import { connectGuard, ForbiddenAddress, type Resolve } from "../connect-guard"

const PUBLIC: LookupAddress = { address: "1.1.1.1", family: 4 }
const PUBLIC_6: LookupAddress = { address: "2606:4700:4700::1111", family: 6 }
const PRIVATE: LookupAddress = { address: "10.0.0.1", family: 4 }
const LOOPBACK: LookupAddress = { address: "127.0.0.1", family: 4 }
const METADATA: LookupAddress = { address: "169.254.169.254", family: 4 }

function lookUp(
  { origin, privateAddresses = false, all = true }: { origin: string; privateAddresses?: boolean; all?: boolean },
  resolve: Resolve
): Promise<unknown> {
  const { lookup } = connectGuard(origin, { privateAddresses }, resolve)
  const { hostname } = new URL(origin)
  return new Promise((found, failed) =>
    lookup(hostname, { all }, (error, address, family) => (error ? failed(error) : found(all ? address : [address, family])))
  )
}

describe("looking a relay's name up", () => {
  const origin = "https://relay.example.com"

  it("gives the public addresses, all or the first", async () => {
    expect(await lookUp({ origin }, async () => [PUBLIC, PUBLIC_6])).toEqual([PUBLIC, PUBLIC_6])
    expect(await lookUp({ origin, all: false }, async () => [PUBLIC_6, PUBLIC])).toEqual([PUBLIC_6.address, 6])
  })

  it("leaves out what is not allowed", async () => {
    expect(await lookUp({ origin }, async () => [PRIVATE, LOOPBACK, PUBLIC, METADATA])).toEqual([PUBLIC])
    expect(await lookUp({ origin, all: false }, async () => [PRIVATE, PUBLIC])).toEqual([PUBLIC.address, 4])
  })

  it.each([[[PRIVATE]], [[LOOPBACK]], [[METADATA]], [[PRIVATE, METADATA]], [[]]])("fails where only %j is left", async (found) => {
    await expect(lookUp({ origin }, async () => found)).rejects.toBeInstanceOf(ForbiddenAddress)
  })

  it("gives private addresses where the operator allows them, and neither loopback nor link-local", async () => {
    const rules = { origin, privateAddresses: true }
    expect(await lookUp(rules, async () => [LOOPBACK, PRIVATE, METADATA, PUBLIC])).toEqual([PRIVATE, PUBLIC])
    await expect(lookUp(rules, async () => [LOOPBACK, METADATA])).rejects.toBeInstanceOf(ForbiddenAddress)
  })

  it("gives loopback alone for a loopback name", async () => {
    const rules = { origin: "http://localhost:9000", privateAddresses: true }
    expect(await lookUp(rules, async () => [PUBLIC, LOOPBACK, PRIVATE])).toEqual([LOOPBACK])
    await expect(lookUp(rules, async () => [PUBLIC])).rejects.toBeInstanceOf(ForbiddenAddress)
  })

  it("asks for every connection anew, so that a name that changes its mind is caught", async () => {
    const answers = [[PUBLIC], [LOOPBACK], [PUBLIC]]
    const { lookup } = connectGuard(origin, { privateAddresses: false }, async () => answers.shift() ?? [])
    const once = () =>
      new Promise((done) => lookup("relay.example.com", { all: true }, (error, found) => done(error ?? found)))
    expect([await once(), await once(), await once()]).toEqual([[PUBLIC], expect.any(ForbiddenAddress), [PUBLIC]])
  })

  it("hands on what the resolver fails with", async () => {
    const missing = Object.assign(new Error("no such name"), { code: "ENOTFOUND" })
    await expect(lookUp({ origin }, () => Promise.reject(missing))).rejects.toBe(missing)
  })

  it("asks the system where nobody else is named", async () => {
    const { lookup } = connectGuard("http://localhost", { privateAddresses: false })
    const found = await new Promise((done) => lookup("localhost", { all: true }, (error, addresses) => done(error ?? addresses)))
    expect(found).toEqual(expect.arrayContaining([expect.objectContaining({ address: expect.stringMatching(/^(127\.|::1)/) })]))
  })
})

describe("what a socket is connected to", () => {
  it.each([
    ["https://relay.example.com", false, [true, false, false, false]],
    ["https://relay.example.com", true, [true, true, false, false]],
    ["https://10.0.0.1", true, [true, true, false, false]],
    ["http://localhost:9000", true, [false, false, true, false]],
    ["http://[::1]:9000", false, [false, false, true, false]],
  ])("is judged for %s, private %s: public, private, loopback, link-local %j", (origin, privateAddresses, expected) => {
    const { allows } = connectGuard(origin, { privateAddresses })
    expect([PUBLIC, PRIVATE, LOOPBACK, METADATA].map(({ address }) => allows(address))).toEqual(expected)
    expect(allows(undefined)).toBe(false)
  })
})
