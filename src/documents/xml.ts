import { create, fragment } from "xmlbuilder2"

/** An element's text, its attributes as `@name`, its children by name; a list repeats an element. */
export type XmlContent = string | XmlElement | readonly XmlContent[]
export interface XmlElement {
  readonly [name: string]: XmlContent | undefined
}

/** What XML 1.0 cannot hold, not even escaped, gives way to the sign for it. */
const options = { invalidCharReplacement: "\ufffd" } as const

/** A whole document in UTF-8. */
export const xmlDocument = (root: XmlElement): string =>
  create({ version: "1.0", encoding: "UTF-8", ...options }, root).end()

/** A part of one. */
export const xmlFragment = (content: XmlElement): string => fragment(options, content).toString()
