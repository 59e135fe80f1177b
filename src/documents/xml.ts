import XMLBuilder from "fast-xml-builder"

/** An element's text, its attributes as `@name`, its children by name; a list repeats an element. */
export type XmlContent = string | XmlElement | readonly (string | XmlElement)[]
export interface XmlElement {
  readonly [name: string]: XmlContent | undefined
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#",
  suppressBooleanAttributes: false,
  tagValueProcessor: (_name, value) => legal(value),
  attributeValueProcessor: (_name, value) => legal(value),
})

/** A whole document in UTF-8. */
export const xmlDocument = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>${xmlFragment(root)}`

/** A part of one. */
export const xmlFragment = (content: XmlElement): string => builder.build(content)

/** What XML 1.0 cannot hold, not even escaped: control characters, halves of characters, the two that are none (2.2, Char). */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** It gives way to the sign for it. */
const legal = (value: unknown): string => String(value).replace(ILLEGAL, "\ufffd")
