import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { PurchaseOrderList } from "../../../components/purchase-orders/purchase-order-list"

export const handle = { breadcrumb: () => <Crumb name="purchaseOrders" /> }

const PurchaseOrdersPage = () => {
  return (
    <WholesalePage section="purchaseOrders">
      <PurchaseOrderList />
    </WholesalePage>
  )
}

export default PurchaseOrdersPage
