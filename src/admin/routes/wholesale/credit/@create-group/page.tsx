import { GroupDialog } from "../../../../components/credit/group-dialog"

const CreateGroupPage = () => {
  return <GroupDialog />
}

export default CreateGroupPage
