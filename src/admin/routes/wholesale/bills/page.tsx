import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { BillList } from "../../../components/purchase-orders/bill-list"

export const handle = { breadcrumb: () => <Crumb name="bills" /> }

export default function BillsPage() {
  return (
    <WholesalePage section="bills">
      <BillList />
    </WholesalePage>
  )
}
