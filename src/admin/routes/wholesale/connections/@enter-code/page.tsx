import { EnterCodeDialog } from "../../../../components/connections/enter-code-dialog"

export default function EnterCodePage() {
  return <EnterCodeDialog />
}
