import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

const ConnectionEventPage = () => {
  const { id = "", event = "" } = useParams()
  return (
    <ReasonDialog event={event} path={`connections/${id}`} optional danger={event !== "resume"} />
  )
}

export default ConnectionEventPage
