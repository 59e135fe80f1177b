import { rdfDescription } from "../pdf/xmp"
import type { XmlElement } from "../xml"

export const FACTUR_X_FILE = "factur-x.xml"

const NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"

/** What the XMP of a Factur-X says, and what each entry is for (Factur-X 1.07, 6.2.2). */
const ENTRIES = [
  { name: "DocumentFileName", value: FACTUR_X_FILE, description: "The name of the embedded XML document" },
  { name: "DocumentType", value: "INVOICE", description: "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER" },
  { name: "Version", value: "1.0", description: "The actual version of the standard applying to the embedded XML document" },
  { name: "ConformanceLevel", value: "EN 16931", description: "The conformance level of the embedded XML document" },
] as const

/** The entries, and the extension schema without which PDF/A does not allow them (ISO 19005-3, 6.6.2.3). */
export const facturXmp = (): string =>
  rdfDescription({ fx: NAMESPACE }, Object.fromEntries(ENTRIES.map(({ name, value }) => [`fx:${name}`, value]))) +
  rdfDescription(
    {
      pdfaExtension: "http://www.aiim.org/pdfa/ns/extension/",
      pdfaSchema: "http://www.aiim.org/pdfa/ns/schema#",
      pdfaProperty: "http://www.aiim.org/pdfa/ns/property#",
    },
    {
      "pdfaExtension:schemas": {
        "rdf:Bag": {
          "rdf:li": {
            "@rdf:parseType": "Resource",
            "pdfaSchema:schema": "Factur-X PDFA Extension Schema",
            "pdfaSchema:namespaceURI": NAMESPACE,
            "pdfaSchema:prefix": "fx",
            "pdfaSchema:property": { "rdf:Seq": { "rdf:li": ENTRIES.map(property) } },
          },
        },
      },
    }
  )

const property = ({ name, description }: (typeof ENTRIES)[number]): XmlElement => ({
  "@rdf:parseType": "Resource",
  "pdfaProperty:name": name,
  "pdfaProperty:valueType": "Text",
  "pdfaProperty:category": "external",
  "pdfaProperty:description": description,
})
