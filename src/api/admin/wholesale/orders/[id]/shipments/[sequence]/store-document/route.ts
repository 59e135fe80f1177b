import { storeDocumentRoute } from "../../../../../../../route-kit/store-document-route"

/** The packing slip of the shipment. */
export const POST = storeDocumentRoute({
  document: ({ id, sequence }) => ({ type: "packing_slip", order_id: id, sequence }),
})
