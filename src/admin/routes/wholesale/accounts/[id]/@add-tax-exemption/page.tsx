import { useParams } from "react-router-dom"

import { TaxExemptionDialog } from "../../../../../components/accounts/tax-exemption-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const AddTaxExemptionPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <TaxExemptionDialog account={account} /> : null
}

export default AddTaxExemptionPage
