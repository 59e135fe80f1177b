import { InvoiceList } from "../../../components/invoices/invoice-list"
import { UninvoicedSection } from "../../../components/invoices/uninvoiced-section"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="invoices" /> }

const InvoicesPage = () => {
  return (
    <WholesalePage section="invoices">
      <UninvoicedSection />
      <InvoiceList />
    </WholesalePage>
  )
}

export default InvoicesPage
