import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { SupplierList } from "../../../components/suppliers/supplier-list"

export const handle = { breadcrumb: () => <Crumb name="suppliers" /> }

const SuppliersPage = () => {
  return (
    <WholesalePage section="suppliers">
      <SupplierList />
    </WholesalePage>
  )
}

export default SuppliersPage
