import { notFound } from "./wholesale-error"

/**
 * The one row of a store-scoped list.
 * @throws WholesaleError 404 where it is missing or another store's
 */
export function ownedRow<Row>([row]: readonly Row[], document: string, id: string): Row {
  if (row === undefined) {
    throw notFound(document, id)
  }
  return row
}
