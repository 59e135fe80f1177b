import { NumberingDialog } from "../../../../components/settings/numbering-dialog"

const NumberingPage = () => {
  return <NumberingDialog />
}

export default NumberingPage
