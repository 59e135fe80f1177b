import { toSemanticInvoice } from "../e-invoice/to-semantic-invoice"
import { writeCii } from "../e-invoice/cii"
import { invoice } from "./fixtures/documents"
import { facturXErrors } from "./xsd"

describe("a Cross Industry Invoice", () => {
  it("is valid by the schema of Factur-X, which finds what is wrong in another", async () => {
    const xml = writeCii(toSemanticInvoice(invoice()))
    await expect(facturXErrors(xml)).resolves.toEqual([])
    await expect(facturXErrors(xml.replaceAll("ram:DuePayableAmount", "ram:Due"))).resolves.toEqual([
      expect.stringContaining("This element is not expected"),
    ])
  })
})
