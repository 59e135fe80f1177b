import { initiatePairing } from "../initiate-pairing"
import { pairingFailed } from "../pairing-failed"
import { respondToPairing } from "../respond-to-pairing"
import { seedRandom } from "./seeded-random"
import { replyOf, shown, storeOf, TERMS } from "./stores"

// Every session here draws the same numbers, and what the curves make of the same input is computed once: so
// every bit of every message can be flipped in seconds, each in a session of its own.
jest.mock("node:crypto", () => ({
  ...jest.requireActual<object>("node:crypto"),
  randomBytes: jest.requireActual<typeof import("./seeded-random")>("./seeded-random").seededBytes,
}))
const mockHandedOut: Buffer[] = []
const mockPasswords: Uint8Array[] = []
jest.mock("../cpace", () => {
  const actual = jest.requireActual<typeof import("../cpace")>("../cpace")
  const { memoized: once, memoizedAnswer } = jest.requireActual<typeof import("./memoized")>("./memoized")
  const noted = <Input extends readonly unknown[]>(compute: (...input: Input) => Buffer) => {
    return (...input: Input): Buffer => {
      const result = compute(...input)
      mockHandedOut.push(result)
      return result
    }
  }
  const computedShare = once(actual.cpaceShare)
  return {
    ...actual,
    isShare: memoizedAnswer(actual.isShare),
    cpaceScalar: noted(actual.cpaceScalar),
    cpaceShare: noted((exchange: Parameters<typeof actual.cpaceShare>[0], scalar: Buffer) => {
      mockPasswords.push(exchange.password)
      return computedShare(exchange, scalar)
    }),
    cpaceSessionKey: noted(once(actual.cpaceSessionKey)),
  }
})
const mockRootKeys: Buffer[] = []
jest.mock("../key-schedule", () => {
  const actual = jest.requireActual<typeof import("../key-schedule")>("../key-schedule")
  return {
    ...actual,
    agree: (input: Parameters<typeof actual.agree>[0]) => {
      const agreement = actual.agree(input)
      mockRootKeys.push(agreement.root_key)
      return agreement
    },
  }
})
jest.mock("../../ed25519", () => {
  const actual = jest.requireActual<typeof import("../../ed25519")>("../../ed25519")
  const { memoized: once, memoizedAnswer } = jest.requireActual<typeof import("./memoized")>("./memoized")
  return { ...actual, ed25519Sign: once(actual.ed25519Sign), ed25519Verify: memoizedAnswer(actual.ed25519Verify) }
})
jest.mock("../../x25519", () => {
  const actual = jest.requireActual<typeof import("../../x25519")>("../../x25519")
  const { memoized: once } = jest.requireActual<typeof import("./memoized")>("./memoized")
  return { ...actual, x25519: once(actual.x25519) }
})

const REFUSED = shown(() => {
  throw pairingFailed()
})
const [corner, harbour] = [storeOf("Corner Shop"), storeOf("Harbour Trading Co.")]

/** The retailer's side of the one pairing in this file, up to message 1. */
function retailerAgain() {
  seedRandom("retailer")
  return initiatePairing(TERMS, corner)
}

/** The distributor's side, up to message 2. */
function distributorAgain(first: Buffer) {
  const session = respondToPairing(TERMS, harbour)
  seedRandom("distributor")
  return { reply: replyOf(session.receive(first)), session }
}

function pairAgain(): readonly [Buffer, Buffer, Buffer, Buffer] {
  const retailer = retailerAgain()
  const distributor = distributorAgain(retailer.message)
  const third = replyOf(retailer.session.receive(distributor.reply))
  const fourth = replyOf(distributor.session.receive(third))
  retailer.session.receive(fourth)
  return [retailer.message, distributor.reply, third, fourth]
}

describe("a pairing whose messages are tampered with", () => {
  const messages = pairAgain()
  const [first, second] = messages
  const numbered = ([1, 2, 3, 4] as const).map((number) => ({ number, message: messages[number - 1] }))

  /** Whether the pairing goes on when that arrives as the message of that number, and with what error it does not. */
  const tampered = {
    // The distributor cannot know what the retailer sent; its answer shows the retailer that it was something else.
    1: (message: Buffer) => retailerAgain().session.receive(distributorAgain(message).reply),
    2: (message: Buffer) => retailerAgain().session.receive(message),
    3: (message: Buffer) => distributorAgain(first).session.receive(message),
    4: (message: Buffer) => {
      const { session } = retailerAgain()
      session.receive(second)
      return session.receive(message)
    },
  }
  /** Which of these, by their place, do not get the one error when they arrive as the message of that number. */
  const notRefused = (number: 1 | 2 | 3 | 4, changed: readonly (() => Buffer)[]): number[] => {
    const refused = JSON.stringify(REFUSED)
    return [...changed.keys()].filter((at) => {
      const message = changed[at]()
      return JSON.stringify(shown(() => tampered[number](message))) !== refused
    })
  }

  // Thousands of errors, whose stacks nobody reads.
  const { stackTraceLimit } = Error
  beforeAll(() => {
    Error.stackTraceLimit = 0
  })
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit
  })

  it("is the same pairing when they are not", () => {
    expect(pairAgain()).toEqual(messages)
    for (const { number, message } of numbered) {
      expect(() => tampered[number](message)).not.toThrow()
    }
  })

  it.each(numbered)("fails whichever bit of message $number is flipped", ({ number, message }) => {
    const flipped = Array.from({ length: message.length * 8 }, (_, bit) => () => {
      const changed = Buffer.from(message)
      changed[bit >> 3] ^= 1 << (bit & 7)
      return changed
    })
    expect(notRefused(number, flipped)).toEqual([])
  })

  it.each(numbered)("fails wherever message $number is cut off", ({ number, message }) => {
    const cut = Array.from(message, (_, length) => () => message.subarray(0, length))
    expect(notRefused(number, cut)).toEqual([])
  })

  it.each(numbered)("fails when anything is added to message $number, at either end", ({ number, message }) => {
    const added = [1, 2, 16, 32, 1_024, 20_000, 1_000_000].map((bytes) => Buffer.alloc(bytes))
    const longer = added.flatMap((more) => [
      () => Buffer.concat([message, more]),
      () => Buffer.concat([more, message]),
    ])
    expect(notRefused(number, longer)).toEqual([])
  })

  it("overwrites scalars and session keys of a pairing that succeeds, fails or is abandoned", () => {
    const left = (): Buffer[] => mockHandedOut.filter((bytes) => bytes.some((byte) => byte !== 0))

    mockHandedOut.length = 0
    pairAgain()
    // Two scalars, two shares, two session keys; the shares are no secret.
    expect(mockHandedOut).toHaveLength(6)
    expect(left()).toEqual([first.subarray(2, 34), second.subarray(2, 34)])

    mockHandedOut.length = 0
    const failing = retailerAgain()
    expect(() => failing.session.receive(Buffer.alloc(0))).toThrow()
    expect(left()).toEqual([first.subarray(2, 34)])

    mockHandedOut.length = 0
    retailerAgain().session.abandon()
    distributorAgain(first).session.abandon()
    expect(left()).toEqual([first.subarray(2, 34), second.subarray(2, 34)])
  })

  it("overwrites the code once it is used", () => {
    mockPasswords.length = 0
    pairAgain()
    expect(mockPasswords).toHaveLength(2)
    expect(mockPasswords.every((password) => password.every((byte) => byte === 0))).toBe(true)
  })

  it("overwrites the root key of a pairing that one side did not confirm, and of no other", () => {
    const isZero = (bytes: Buffer): boolean => bytes.every((byte) => byte === 0)
    mockRootKeys.length = 0
    pairAgain()
    expect(mockRootKeys.map(isZero)).toEqual([false, false])

    mockRootKeys.length = 0
    const unconvinced = retailerAgain()
    unconvinced.session.receive(second)
    expect(mockRootKeys.map(isZero)).toEqual([false])
    unconvinced.session.abandon()
    expect(mockRootKeys.map(isZero)).toEqual([true])

    mockRootKeys.length = 0
    const unconfirmed = Buffer.from(messages[2])
    unconfirmed[2] ^= 1
    expect(() => distributorAgain(first).session.receive(unconfirmed)).toThrow()
    expect(mockRootKeys.map(isZero)).toEqual([true])
  })
})
