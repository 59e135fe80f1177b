import { NumberingDialog } from "../../../../components/settings/numbering-dialog"

export default function NumberingPage() {
  return <NumberingDialog />
}
