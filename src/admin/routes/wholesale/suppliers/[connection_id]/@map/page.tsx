import { useParams, useSearchParams } from "react-router-dom"

import { MapSkusDialog } from "../../../../../components/trade/map-skus-dialog"
import { useRows } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const MapSkuPage = () => {
  const { connection_id = "" } = useParams()
  const [search] = useSearchParams()
  const sku = search.get("sku") ?? ""
  const { rows } = useRows(resources.supplierItems(connection_id), { q: sku })
  const items = rows?.filter((item) => item.sku === sku)
  return items ? <MapSkusDialog connectionId={connection_id} items={items} /> : null
}

export default MapSkuPage
