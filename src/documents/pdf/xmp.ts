import { xmlFragment, type XmlElement } from "../xml"

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/** A description about the document, as its XMP packet has several. */
export const rdfDescription = (namespaces: Readonly<Record<string, string>>, content: XmlElement): string =>
  xmlFragment({
    "rdf:Description": {
      "@xmlns:rdf": RDF,
      ...Object.fromEntries(Object.entries(namespaces).map(([prefix, uri]) => [`@xmlns:${prefix}`, uri])),
      "@rdf:about": "",
      ...content,
    },
  })

/** Title, author and language in Dublin Core: pdfkit would write the first two without escaping them. */
export const documentXmp = ({ title, author, language }: { title: string; author: string; language: string }): string =>
  rdfDescription(
    { dc: "http://purl.org/dc/elements/1.1/" },
    {
      "dc:title": { "rdf:Alt": { "rdf:li": { "@xml:lang": "x-default", "#": title } } },
      "dc:creator": { "rdf:Seq": { "rdf:li": author } },
      "dc:language": { "rdf:Bag": { "rdf:li": language } },
    }
  )
