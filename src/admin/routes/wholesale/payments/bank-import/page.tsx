import { BankImport } from "../../../../components/bank/bank-import"
import { WholesalePage } from "../../../../components/page/wholesale-page"

const BankImportPage = () => {
  return (
    <WholesalePage section="payments">
      <BankImport />
    </WholesalePage>
  )
}

export default BankImportPage
