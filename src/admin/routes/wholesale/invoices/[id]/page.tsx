import { useParams } from "react-router-dom"

import { Loaded } from "../../../../components/detail/loaded"
import { InvoiceDetail } from "../../../../components/invoices/invoice-detail"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { resources } from "../../../../lib/resources"

const InvoicePage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="invoices">
      <Loaded resource={resources.invoices} id={id}>
        {(invoice) => <InvoiceDetail invoice={invoice} />}
      </Loaded>
    </WholesalePage>
  )
}

export default InvoicePage
