import { useParams } from "react-router-dom"

import { CorrectionDialog } from "../../../../../components/credit/correction-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const AdjustCreditPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <CorrectionDialog account={account} kind="adjust" /> : null
}

export default AdjustCreditPage
