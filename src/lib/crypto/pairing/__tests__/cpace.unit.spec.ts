import fc from "fast-check"

import { testWithVectors } from "../../__tests__/official-vectors"
import {
  cpaceGenerator,
  cpaceScalar,
  cpaceSecret,
  cpaceSessionKey,
  cpaceShare,
  generatorString,
  lengthValues,
  type CpaceInput,
} from "../cpace"

const hex = (text: string): Buffer => Buffer.from(text, "hex")

// draft-irtf-cfrg-cpace-21, appendix B.3.
const DRAFT = {
  PRS: "50617373776f7264",
  CI: "0b415f696e69746961746f720b425f726573706f6e646572",
  sid: "7e4b4791d6a8ef019b936c79fb7f2c57",
  g: "222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56",
  ya: "da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08",
  ADa: "414461",
  Ya: "d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157",
  yb: "d2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d",
  ADb: "414462",
  Yb: "3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258",
  K: "80b69a8a76457ab6a4d7f887a4bf6b55a2f80ac19c333f917a05fc9887c8b40f",
  ISK_IR:
    "b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c" +
    "3fa2068af7900447",
}
const DRAFT_POINTS = {
  Valid: {
    s: "7cd0e075fa7955ba52c02759a6c90dbbfc10e6d40aea8d283e407d88cf538a05",
    X: "2c3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c",
    "G.scalar_mult_vfy(s,X)": "7c13645fe790a468f62c39beb7388e541d8405d1ade69d1778c5fe3e7f6b600e",
  },
  "Invalid Y1": "2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c",
  "Invalid Y2": "0000000000000000000000000000000000000000000000000000000000000000",
}

const NO_ELEMENT = /^The share is no element of ristretto255, or its identity\.$/

function exchange(ofInitiator: CpaceInput, ofResponder: CpaceInput): { initiator: Buffer; responder: Buffer } {
  const [ya, yb] = [cpaceScalar(), cpaceScalar()]
  const initiator = { share: cpaceShare(ofInitiator, ya), associated: Buffer.from("a") }
  const responder = { share: cpaceShare(ofResponder, yb), associated: Buffer.from("b") }
  return {
    initiator: cpaceSessionKey({
      scalar: ya,
      partner: "responder",
      session_id: ofInitiator.session_id,
      initiator,
      responder,
    }),
    responder: cpaceSessionKey({
      scalar: yb,
      partner: "initiator",
      session_id: ofResponder.session_id,
      initiator,
      responder,
    }),
  }
}

function expectDraft(draft: typeof DRAFT, points: typeof DRAFT_POINTS): void {
  const input = { password: hex(draft.PRS), channel: hex(draft.CI), session_id: hex(draft.sid) }
  expect(cpaceGenerator(input)).toEqual(hex(draft.g))
  expect(cpaceShare(input, hex(draft.ya))).toEqual(hex(draft.Ya))
  expect(cpaceShare(input, hex(draft.yb))).toEqual(hex(draft.Yb))
  expect(cpaceSecret(hex(draft.ya), hex(draft.Yb))).toEqual(hex(draft.K))
  expect(cpaceSecret(hex(draft.yb), hex(draft.Ya))).toEqual(hex(draft.K))
  const messages = {
    session_id: input.session_id,
    initiator: { share: hex(draft.Ya), associated: hex(draft.ADa) },
    responder: { share: hex(draft.Yb), associated: hex(draft.ADb) },
  }
  expect(cpaceSessionKey({ ...messages, scalar: hex(draft.ya), partner: "responder" })).toEqual(hex(draft.ISK_IR))
  expect(cpaceSessionKey({ ...messages, scalar: hex(draft.yb), partner: "initiator" })).toEqual(hex(draft.ISK_IR))

  const { s, X, "G.scalar_mult_vfy(s,X)": product } = points.Valid
  expect(cpaceSecret(hex(s), hex(X))).toEqual(hex(product))
  expect(() => cpaceSecret(hex(s), hex(points["Invalid Y1"]))).toThrow(NO_ELEMENT)
  expect(() => cpaceSecret(hex(s), hex(points["Invalid Y2"]))).toThrow(NO_ELEMENT)
}

describe("CPace over ristretto255", () => {
  it("gives the generator, shares, secret and session key of the draft, and refuses its invalid points", () => {
    expectDraft(DRAFT, DRAFT_POINTS)
  })

  testWithVectors<{ G_Coffee25519: typeof DRAFT; G_Coffee25519_points: typeof DRAFT_POINTS }>(
    "cpace_testvectors.json",
    "agrees with the draft's own file",
    ({ G_Coffee25519, G_Coffee25519_points }) => expectDraft(G_Coffee25519, G_Coffee25519_points)
  )

  it("pads the generator's text as the draft does", () => {
    const text = generatorString({ password: hex(DRAFT.PRS), channel: hex(DRAFT.CI), session_id: hex(DRAFT.sid) })
    const domain = Buffer.from("CPaceRistretto255").toString("hex")
    expect(text.toString("hex")).toBe(
      `11${domain}08${DRAFT.PRS}64${"00".repeat(100)}18${DRAFT.CI}10${DRAFT.sid}`
    )
    // 128 - (2 + 200) - 18 - 1 is below zero: no padding, and its length is 0.
    const long = generatorString({ password: Buffer.alloc(200, 1), channel: hex(""), session_id: hex("") })
    expect(long).toHaveLength(18 + 202 + 1 + 1 + 1)
  })

  // draft-irtf-cfrg-cpace-21, appendix A.1.2.
  it.each([
    [0, "00"],
    [4, "04"],
    [127, "7f"],
    [128, "8001"],
    [16_384, "808001"],
  ])("writes the length of %i bytes before them as %s", (length, prefix) => {
    const value = Buffer.alloc(length, 5)
    expect(lengthValues(value)).toEqual(Buffer.concat([hex(prefix), value]))
  })

  it("gives both sides one key where password, channel and session id are one, and else two", () => {
    const input = { password: Buffer.from("M2PX"), channel: Buffer.from("relay"), session_id: Buffer.from("1") }
    const agreed = exchange(input, input)
    expect(agreed.initiator).toHaveLength(64)
    expect(agreed.initiator).toEqual(agreed.responder)
    for (const part of ["password", "channel", "session_id"] as const) {
      const { initiator, responder } = exchange(input, { ...input, [part]: Buffer.from("M2PY") })
      expect(initiator).not.toEqual(responder)
    }
  })

  it("gives another key when what is sent along with a share differs", () => {
    const messages = {
      scalar: hex(DRAFT.ya),
      partner: "responder" as const,
      session_id: hex(DRAFT.sid),
      initiator: { share: hex(DRAFT.Ya), associated: hex(DRAFT.ADa) },
      responder: { share: hex(DRAFT.Yb), associated: hex(DRAFT.ADb) },
    }
    const other = { ...messages, initiator: { ...messages.initiator, associated: hex("414462") } }
    expect(cpaceSessionKey(other)).not.toEqual(cpaceSessionKey(messages))
    const shifted = { ...messages, initiator: { ...messages.initiator, associated: hex("4144") } }
    expect(cpaceSessionKey(shifted)).not.toEqual(cpaceSessionKey(messages))
  })

  // RFC 9496, appendix A.3: not reduced, negative, not square, negative xy, s = -1 which would give y = 0.
  it.each([
    "00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
    "c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562",
    "c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78",
    "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
    "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
    "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "",
    "00",
    "d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b91",
    "d6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b915700",
  ])("refuses the share %s with the one error", (share) => {
    expect(() => cpaceSecret(hex(DRAFT.ya), hex(share))).toThrow(NO_ELEMENT)
  })

  it("takes any bytes for a share or refuses them with the one error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), (share) => {
        try {
          expect(cpaceSecret(hex(DRAFT.ya), share)).toHaveLength(32)
        } catch (error) {
          expect((error as Error).message).toMatch(NO_ELEMENT)
        }
      }),
      { numRuns: 200 }
    )
  })

  it("draws scalars of 252 bits, never the same twice", () => {
    const scalars = Array.from({ length: 200 }, cpaceScalar)
    expect(scalars.every((scalar) => scalar.length === 32 && scalar[31] <= 0x0f)).toBe(true)
    expect(scalars.some((scalar) => scalar[31] > 0x07)).toBe(true)
    expect(new Set(scalars.map((scalar) => scalar.toString("hex"))).size).toBe(200)
  })
})
