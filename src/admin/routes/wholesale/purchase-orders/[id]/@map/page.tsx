import { useParams } from "react-router-dom"

import { MapSkusDialog } from "../../../../../components/trade/map-skus-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const MapPurchaseOrderPage = () => {
  const { id = "" } = useParams()
  const { row: order } = useRow(resources.purchaseOrders, id)
  if (!order) {
    return null
  }
  const items = (order.lines ?? [])
    .filter((line) => line.variant_id === null)
    .map(({ supplier_sku, title, variant_id }) => ({ sku: supplier_sku, title, variant_id }))
  return <MapSkusDialog connectionId={order.connection_id} items={items} />
}

export default MapPurchaseOrderPage
