import { OrderList } from "../../../components/orders/order-list"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="orders" /> }

const OrdersPage = () => {
  return (
    <WholesalePage section="orders">
      <OrderList />
    </WholesalePage>
  )
}

export default OrdersPage
