import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { ReceivablesBoard } from "../../../components/receivables/receivables-board"

export const handle = { breadcrumb: () => <Crumb name="receivables" /> }

const ReceivablesPage = () => {
  return (
    <WholesalePage section="receivables">
      <ReceivablesBoard />
    </WholesalePage>
  )
}

export default ReceivablesPage
