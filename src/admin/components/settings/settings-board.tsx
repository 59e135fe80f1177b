import { Container } from "@medusajs/ui"

import { useWholesale } from "../../hooks/use-wholesale"
import { booksAreOpen } from "../../lib/navigation"
import { Columns } from "../detail/section"
import { ChargeSection } from "../pricing/charge-section"
import { TierSection } from "../pricing/tier-section"
import { PlatformAdminHint } from "../page/platform-admin-hint"
import { PlatformStores } from "../store/platform-stores"
import { BooksSection } from "./books-section"
import { FlagChanges } from "./flag-changes"
import { FlagsSection } from "./flags-section"
import { MembersSection } from "./members-section"
import { PrintSection } from "./print-section"
import { NumberingSection, StoreSection } from "./store-section"

export function SettingsBoard() {
  const wholesale = useWholesale()
  const trades = booksAreOpen(wholesale.access)
  return (
    <>
      {!wholesale.has_platform_admin && (
        <Container>
          <PlatformAdminHint />
        </Container>
      )}
      <Columns
        main={
          <>
            <FlagsSection />
            <StoreSection />
            {trades && <TierSection />}
            {trades && <ChargeSection />}
            <FlagChanges />
            {wholesale.is_platform_admin && <PlatformStores context={wholesale} />}
          </>
        }
        side={
          <>
            <NumberingSection />
            <PrintSection />
            <MembersSection />
            {trades && <BooksSection />}
          </>
        }
      />
    </>
  )
}
