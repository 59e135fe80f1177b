import { useParams } from "react-router-dom"

import { GroupDialog } from "../../../../../../components/credit/group-dialog"
import { useRow } from "../../../../../../hooks/use-rows"
import { resources } from "../../../../../../lib/resources"

const EditGroupPage = () => {
  const { id = "" } = useParams()
  const { row: group } = useRow(resources.creditGroups, id)
  return group ? <GroupDialog group={group} /> : null
}

export default EditGroupPage
