import { EnterCodeDialog } from "../../../../components/connections/enter-code-dialog"

const EnterCodePage = () => {
  return <EnterCodeDialog />
}

export default EnterCodePage
