import { defineWidgetConfig } from "@medusajs/admin-sdk"

import { useWholesaleContext } from "../hooks/use-wholesale-context"
import { sidebarEntryIsShown } from "../lib/navigation"

/**
 * Keeps the sidebar's entry in step with the flags. Menu entries are fixed when the dashboard is
 * built, and the stored sidebar layout belongs to the people who arrange it, so this widget, which
 * every page carries in its top bar, only takes the entry out of sight.
 */
const SidebarEntry = () => {
  const { data: context } = useWholesaleContext()
  if (!context || sidebarEntryIsShown(context)) {
    return null
  }
  return <style>{`aside nav a[href$="/wholesale"] { display: none }`}</style>
}

export const config = defineWidgetConfig({ zone: "topbar", id: "wholesale-sidebar-entry" })

export default SidebarEntry
