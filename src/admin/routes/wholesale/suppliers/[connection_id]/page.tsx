import { useParams } from "react-router-dom"

import { WholesalePage } from "../../../../components/page/wholesale-page"
import { SupplierCatalog } from "../../../../components/suppliers/supplier-catalog"

const SupplierCatalogPage = () => {
  const { connection_id = "" } = useParams()
  return (
    <WholesalePage section="suppliers">
      <SupplierCatalog connectionId={connection_id} />
    </WholesalePage>
  )
}

export default SupplierCatalogPage
