import { GenerateCodeDialog } from "../../../../components/connections/generate-code-dialog"

const GenerateCodePage = () => {
  return <GenerateCodeDialog />
}

export default GenerateCodePage
