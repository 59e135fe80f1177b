import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useDay } from "../../hooks/use-formats"
import { useReport } from "../../hooks/use-report"
import { useT } from "../../hooks/use-t"
import type { Uninvoiced } from "../../lib/types/invoices"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

/** Accounts of which orders wait to be put on an invoice; nothing where none do. */
export function UninvoicedSection() {
  const t = useT()
  const day = useDay()
  const { answer, error } = useReport<{ uninvoiced: Uninvoiced[] }>("uninvoiced")
  const waiting = answer?.uninvoiced ?? []
  if (waiting.length === 0 && !error) {
    return null
  }
  return (
    <Section title={t("uninvoiced.title")} error={error}>
      <LineTable
        lines={waiting}
        lineKey={({ account_id, currency_code, connection_id, terms }) =>
          JSON.stringify([account_id, currency_code, connection_id, terms])
        }
        columns={[
          {
            header: t("fields.account"),
            cell: ({ account_id, account }) => (
              <Link className="text-ui-fg-interactive block max-w-64 truncate" to={`/wholesale/accounts/${account_id}`}>
                {account?.company_name ?? account_id}
              </Link>
            ),
          },
          { header: t("nav.orders"), align: "right", cell: ({ order_count }) => order_count },
          { header: t("fields.currency"), cell: ({ currency_code }) => currency_code.toUpperCase() },
          {
            header: t("uninvoiced.supplied"),
            cell: ({ supplied_from, supplied_through }) =>
              [...new Set([day(supplied_from), day(supplied_through)])].join(" – "),
          },
          {
            header: "",
            align: "right",
            cell: ({ account_id, account }) => (
              <Button size="small" variant="secondary" asChild>
                <Link
                  to={`/wholesale/invoices/consolidate?account_id=${account_id}`}
                  aria-label={t("uninvoiced.invoiceOf", { account: account?.company_name ?? account_id })}
                >
                  {t("uninvoiced.invoice")}
                </Link>
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}
