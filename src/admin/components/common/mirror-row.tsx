import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import type { Mirror } from "../../lib/types/invoices"
import { StatusBadge } from "./status-badge"

/** The ordinary order that stands for a paid invoice in the store's books. */
export function MirrorRow({ mirror }: { mirror: Mirror }) {
  const t = useT()
  return (
    <SectionRow
      title={t("mirror.title")}
      value={
        <span className="inline-flex flex-wrap items-center gap-x-2 whitespace-nowrap">
          {mirror.status === "pending" ? null : (
            <Link className="text-ui-fg-interactive" to={`/orders/${mirror.core_order_id}`}>
              {t("mirror.open")}
            </Link>
          )}
          <StatusBadge status={mirror.status} />
        </span>
      }
    />
  )
}
