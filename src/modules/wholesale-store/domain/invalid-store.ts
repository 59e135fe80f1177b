import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** A setting that no store can have. */
export const invalidStore = (field: string, message: string): WholesaleError =>
  new WholesaleError(400, "invalid_store", message, { field })
