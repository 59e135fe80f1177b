import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { SettingsBoard } from "../../../components/settings/settings-board"

export const handle = { breadcrumb: () => <Crumb name="settings" /> }

const SettingsPage = () => {
  return (
    <WholesalePage section="settings">
      <SettingsBoard />
    </WholesalePage>
  )
}

export default SettingsPage
