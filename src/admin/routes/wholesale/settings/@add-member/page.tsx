import { MemberDialog } from "../../../../components/settings/member-dialog"

export default function AddMemberPage() {
  return <MemberDialog />
}
