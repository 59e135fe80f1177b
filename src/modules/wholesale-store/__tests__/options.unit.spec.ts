import { unresolvedEmails } from "../domain/platform-admin-emails"
import { readOptions } from "../options"

describe("the options", () => {
  it.each([[undefined], [null], [{}], [{ database: { clientUrl: "x" }, serverKey: "y" }]])(
    "may be %j: no admins, no flags",
    (options) => {
      expect(readOptions(options)).toEqual({ platformAdmins: [], defaultFlags: [], currencyDigits: {} })
    }
  )

  it("name admins, flags and the digits of currencies", () => {
    const options = {
      platformAdmins: ["a@example.com"],
      defaultFlags: ["wholesale_portal"],
      currencyDigits: { HUF: 0 },
    }
    expect(readOptions(options)).toEqual(options)
  })

  it("stop the start with a flag that does not exist", () => {
    expect(() => readOptions({ defaultFlags: ["wholesale_portal", "wholesale_portl"] })).toThrow(
      'defaultFlags.1: "wholesale_portl" is no feature flag'
    )
  })

  it.each([[{ huf: 1.5 }], [{ huf: 9 }], [{ forint: 0 }]])("stop the start with the digits %j", (currencyDigits) => {
    expect(() => readOptions({ currencyDigits })).toThrow("currencyDigits.")
  })

  it("stop the start with a text where a list belongs", () => {
    expect(() => readOptions({ platformAdmins: "a@example.com" })).toThrow("platformAdmins: ")
  })
})

describe("unresolvedEmails", () => {
  it.each([
    [["a@x.com", "b@x.com"], [], ["a@x.com", "b@x.com"]],
    [["a@x.com", "b@x.com"], ["a@x.com"], ["b@x.com"]],
    // case and white space make no other e-mail
    [[" A@X.com "], ["a@x.com"], []],
    [["a@x.com", "A@x.com"], [], ["a@x.com"]],
    // as it was written, for it is looked up as written
    [[" Boss@X.com"], [], ["Boss@X.com"]],
    [["", "  "], [], []],
  ])("of %j after %j are %j", (listed, resolved, open) => {
    expect(unresolvedEmails(listed, resolved)).toEqual(open)
  })
})
