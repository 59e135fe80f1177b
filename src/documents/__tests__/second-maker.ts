import { InvoiceService, invoiceSchema, type Invoice } from "@e-invoice-eu/core"
import Ajv2019 from "ajv/dist/2019"
import { DOMParser, type Element } from "@xmldom/xmldom"

/** As far as the schema of the second maker is walked here. */
interface Node {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
}
export interface Members {
  [name: string]: string | Members | (string | Members)[]
}

const ajv = new Ajv2019({ strict: false, allErrors: true })
const validate = ajv.compile<Invoice>(invoiceSchema)
const root: Node = JSON.parse(JSON.stringify(invoiceSchema))

/** Names that a credit note has for what an invoice has as well: the schema knows the latter. */
const OF_CREDIT_NOTE: Readonly<Record<string, string>> = {
  "cbc:CreditNoteTypeCode": "cbc:InvoiceTypeCode",
  "cac:CreditNoteLine": "cac:InvoiceLine",
  "cbc:CreditedQuantity": "cbc:InvoicedQuantity",
}

/**
 * A UBL document in the words of `@e-invoice-eu/core`, whose schema gives names, order and number of the
 * elements that EN 16931 uses of UBL 2.1.
 *
 * @throws where an element is unknown, out of order or repeated against the schema
 */
export function readBySchema(xml: string): Members {
  const document = new DOMParser().parseFromString(xml, "text/xml").documentElement
  if (!document || !root.properties) {
    throw new Error("Nothing to read.")
  }
  return { "ubl:Invoice": membersOf(document, root.properties["ubl:Invoice"], document.tagName) }
}

/** What the schema, its code lists and its data types find wrong. */
export function schemaErrors(document: Members): string[] {
  return validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** The CII that the second maker writes of our UBL. */
export async function ciiBySecondMaker(document: Members): Promise<string> {
  if (!validate(document)) {
    throw new Error(schemaErrors(document).join("\n"))
  }
  const silent = { log: () => undefined, warn: () => undefined, error: () => undefined }
  return String(await new InvoiceService(silent).generate(document, { format: "CII", lang: "en-us" }))
}

function membersOf(element: Element, schema: Node, path: string): Members {
  const { properties = {} } = schema
  const order = Object.keys(properties)
  const members: Members = {}
  let reached = -1
  for (const child of elementsOf(element)) {
    const name = OF_CREDIT_NOTE[child.tagName] ?? child.tagName
    const node = properties[name]
    const at = order.indexOf(name)
    if (!node || at < reached) {
      throw new Error(`${path} does not take ${child.tagName} there.`)
    }
    reached = at
    const content = contentOf(child, node.items ?? node, members, name, path)
    const before = members[name]
    if (node.type !== "array" && before !== undefined) {
      throw new Error(`${path} takes ${name} once.`)
    }
    members[name] = node.type === "array" ? [...(Array.isArray(before) ? before : []), content] : content
  }
  return members
}

function contentOf(element: Element, node: Node, parent: Members, name: string, path: string): string | Members {
  for (const attribute of Array.from(element.attributes)) {
    if (!attribute.name.startsWith("xmlns")) {
      parent[`${name}@${attribute.name}`] = attribute.value
    }
  }
  return node.properties ? membersOf(element, node, `${path}/${name}`) : (element.textContent ?? "")
}

const elementsOf = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
