import { ConsolidateDialog } from "../../../../components/invoices/consolidate-dialog"

const ConsolidateInvoicesPage = () => {
  return <ConsolidateDialog />
}

export default ConsolidateInvoicesPage
