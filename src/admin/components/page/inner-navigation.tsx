import { clx } from "@medusajs/ui"
import { NavLink } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import type { entriesFor } from "../../lib/navigation"

const LINK =
  "txt-compact-small-plus text-ui-fg-subtle transition-fg hover:text-ui-fg-base " +
  "focus-visible:shadow-borders-focus whitespace-nowrap rounded-full px-2.5 py-1 outline-none"
const ACTIVE = "bg-ui-bg-base shadow-elevation-card-rest text-ui-fg-base"

/** The pages of Wholesale that are open to this store. */
export function InnerNavigation({ entries }: { entries: ReturnType<typeof entriesFor> }) {
  const t = useT()
  return (
    <nav aria-label={t("nav.label")} className="flex flex-wrap items-center gap-1">
      {entries.map(({ section, to }) => (
        <NavLink
          key={section}
          to={to}
          end={section === "home"}
          className={({ isActive }) => clx(LINK, { [ACTIVE]: isActive })}
        >
          {t(`nav.${section}`)}
        </NavLink>
      ))}
    </nav>
  )
}
