import { storedDocument } from "../../../../../../../route-kit/stored-document"

/** The packing slip of the shipment. */
export const POST = storedDocument({
  document: ({ id, sequence }) => ({ type: "packing_slip", order_id: id, sequence }),
})
