import { PrintDialog } from "../../../../components/settings/print-dialog"

const PrintPage = () => {
  return <PrintDialog />
}

export default PrintPage
