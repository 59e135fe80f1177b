import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { BillList } from "../../../components/purchase-orders/bill-list"

export const handle = { breadcrumb: () => <Crumb name="bills" /> }

const BillsPage = () => {
  return (
    <WholesalePage section="bills">
      <BillList />
    </WholesalePage>
  )
}

export default BillsPage
