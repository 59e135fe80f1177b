import { useParams } from "react-router-dom"

import { LocationDialog } from "../../../../../components/accounts/location-dialog"

const AddLocationPage = () => {
  const { id = "" } = useParams()
  return <LocationDialog accountId={id} />
}

export default AddLocationPage
