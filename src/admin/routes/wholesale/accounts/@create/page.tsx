import { AccountDialog } from "../../../../components/accounts/account-dialog"

export default function CreateAccountPage() {
  return <AccountDialog />
}
