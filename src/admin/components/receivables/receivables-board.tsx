import { useWholesale } from "../../hooks/use-wholesale"
import { Columns } from "../detail/section"
import { AgeingSection } from "./ageing-section"
import { DaysSalesSection } from "./days-sales-section"
import { DunningSection } from "./dunning-section"
import { ReceivableChanges } from "./receivable-changes"
import { SettlementSection } from "./settlement-section"

/** What accounts owe, how late it is, and what is done about it. */
export function ReceivablesBoard() {
  const { store } = useWholesale()
  return (
    <>
      <AgeingSection />
      <Columns
        main={
          <>
            <DaysSalesSection />
            <DunningSection />
          </>
        }
        side={
          <>
            <SettlementSection />
            <ReceivableChanges currencyCode={store.currency_code} />
          </>
        }
      />
    </>
  )
}
