import { AccountDialog } from "../../../../components/accounts/account-dialog"

const CreateAccountPage = () => {
  return <AccountDialog />
}

export default CreateAccountPage
