import { useParams } from "react-router-dom"

import { AddMemberDialog } from "../../../../../../components/credit/add-member-dialog"
import { useRow } from "../../../../../../hooks/use-rows"
import { resources } from "../../../../../../lib/resources"

const AddMemberPage = () => {
  const { id = "" } = useParams()
  const { row: group } = useRow(resources.creditGroups, id)
  return group ? <AddMemberDialog group={group} /> : null
}

export default AddMemberPage
