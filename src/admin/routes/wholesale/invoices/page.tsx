import { InvoiceList } from "../../../components/invoices/invoice-list"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="invoices" /> }

const InvoicesPage = () => {
  return (
    <WholesalePage section="invoices">
      <InvoiceList />
    </WholesalePage>
  )
}

export default InvoicesPage
