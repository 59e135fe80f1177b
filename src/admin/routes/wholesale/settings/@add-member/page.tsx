import { MemberDialog } from "../../../../components/settings/member-dialog"

const AddMemberPage = () => {
  return <MemberDialog />
}

export default AddMemberPage
