import { FirstRun } from "../page/first-run"
import { Columns } from "../detail/section"
import { useWholesale } from "../../hooks/use-wholesale"
import { PlatformStores } from "../store/platform-stores"
import { FlagChanges } from "./flag-changes"
import { FlagsSection } from "./flags-section"
import { MembersSection } from "./members-section"
import { NumberingSection, StoreSection } from "./store-section"

export function SettingsBoard() {
  const wholesale = useWholesale()
  return (
    <>
      {!wholesale.has_platform_admin && <FirstRun context={wholesale} />}
      <Columns
        main={
          <>
            <FlagsSection />
            <StoreSection />
            <FlagChanges />
            {wholesale.is_platform_admin && <PlatformStores context={wholesale} />}
          </>
        }
        side={
          <>
            <NumberingSection />
            <MembersSection />
          </>
        }
      />
    </>
  )
}
