import { useParams } from "react-router-dom"

import { CorrectionDialog } from "../../../../../components/credit/correction-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const WriteOffCreditPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <CorrectionDialog account={account} kind="write-off" /> : null
}

export default WriteOffCreditPage
