import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import type { CreditEntry } from "../../lib/types/credit"

/** The documents that have a page of their own. */
const PAGES: Readonly<Record<string, string>> = { order: "orders", invoice: "invoices" }

/** What an entry of the ledger was and why, with the way to its document. */
export function EntryKind({ entry }: { entry: CreditEntry }) {
  const t = useT()
  const { kind, reference_type, reference_id, reason } = entry
  const name = t(`credit.kinds.${kind}`, { defaultValue: kind })
  const page = PAGES[reference_type]
  return (
    <div className="flex min-w-0 max-w-56 flex-col py-2">
      {page ? (
        <Link className="text-ui-fg-interactive truncate" to={`/wholesale/${page}/${reference_id}`}>
          {name}
        </Link>
      ) : (
        <span className="truncate">{name}</span>
      )}
      {reason && (
        <span title={reason} className="text-ui-fg-muted txt-compact-xsmall truncate">
          {reason}
        </span>
      )}
    </div>
  )
}
