import { useParams, useSearchParams } from "react-router-dom"

import { LocationDialog } from "../../../../../components/accounts/location-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const EditLocationPage = () => {
  const { id = "" } = useParams()
  const [search] = useSearchParams()
  const { row: account } = useRow(resources.accounts, id)
  const location = account?.locations?.find((row) => row.id === search.get("location_id"))
  return location ? <LocationDialog accountId={id} location={location} /> : null
}

export default EditLocationPage
