import { useParams } from "react-router-dom"

import { LocationDialog } from "../../../../../components/accounts/location-dialog"

export default function AddLocationPage() {
  const { id = "" } = useParams()
  return <LocationDialog accountId={id} />
}
