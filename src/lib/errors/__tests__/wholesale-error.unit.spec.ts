import { MedusaError } from "@medusajs/framework/utils"

import { asWholesaleError, notFound, WholesaleError, WholesaleErrorStatus } from "../wholesale-error"

const overLimit = () =>
  new WholesaleError(409, "credit_limit_exceeded", "The order goes 200.00 over the limit of 5000.00.", {
    limit: "5000.00",
    over_by: "200.00",
  })

describe("WholesaleError", () => {
  it("is a Medusa error with a status, a stable code and figures", () => {
    const error = overLimit()
    expect(error).toBeInstanceOf(MedusaError)
    expect(MedusaError.isMedusaError(error)).toBe(true)
    expect(error).toMatchObject({
      name: "WholesaleError",
      status: 409,
      code: "credit_limit_exceeded",
      message: "The order goes 200.00 over the limit of 5000.00.",
      details: { limit: "5000.00", over_by: "200.00" },
    })
  })

  const types: [WholesaleErrorStatus, string][] = [
    [400, "invalid_data"],
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "not_found"],
    // not "conflict": Medusa's error handler overwrites code and message of that type
    [409, "not_allowed"],
    [413, "invalid_data"],
    [422, "invalid_data"],
    [429, "not_allowed"],
    [500, "unexpected_state"],
    [502, "unexpected_state"],
    [503, "unexpected_state"],
  ]

  it.each(types)("answers %d with the type %s", (status, type) => {
    expect(new WholesaleError(status, "x", "X.").type).toBe(type)
  })

  it("has no figures unless given some", () => {
    expect(new WholesaleError(400, "x", "X.").details).toEqual({})
  })
})

describe("asWholesaleError", () => {
  it("knows the error itself", () => {
    const error = overLimit()
    expect(asWholesaleError(error)).toBe(error)
  })

  it("knows it again after a trip through JSON, as a workflow's log makes", () => {
    const copy = asWholesaleError(JSON.parse(JSON.stringify(overLimit())))
    expect(copy).toBeInstanceOf(WholesaleError)
    expect(copy).toMatchObject({
      status: 409,
      code: "credit_limit_exceeded",
      message: "The order goes 200.00 over the limit of 5000.00.",
      details: { limit: "5000.00", over_by: "200.00" },
    })
  })

  it.each([
    ["another Medusa error", new MedusaError(MedusaError.Types.NOT_FOUND, "gone")],
    ["a plain error", new Error("boom")],
    ["an object of another kind", { name: "TypeError", status: 409, code: "x", message: "y" }],
    ["one without a code", { name: "WholesaleError", status: 409 }],
    ["null", null],
    ["nothing", undefined],
    ["a text", "WholesaleError"],
  ])("does not take %s for one", (_, error) => {
    expect(asWholesaleError(error)).toBeUndefined()
  })
})

describe("notFound", () => {
  it("names the document and says nothing of whose it is", () => {
    expect(notFound("Order", "whord_1")).toMatchObject({
      status: 404,
      code: "not_found",
      message: "Order whord_1 was not found.",
      details: { document: "Order", id: "whord_1" },
    })
  })
})
