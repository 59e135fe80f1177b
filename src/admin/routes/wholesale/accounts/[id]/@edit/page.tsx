import { useParams } from "react-router-dom"

import { AccountDialog } from "../../../../../components/accounts/account-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const EditAccountPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <AccountDialog account={account} /> : null
}

export default EditAccountPage
