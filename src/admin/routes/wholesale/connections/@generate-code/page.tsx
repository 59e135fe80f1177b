import { GenerateCodeDialog } from "../../../../components/connections/generate-code-dialog"

export default function GenerateCodePage() {
  return <GenerateCodeDialog />
}
