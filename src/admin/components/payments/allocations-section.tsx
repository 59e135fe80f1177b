import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { lyingAllocations, type CreditSource } from "../../lib/credit-source"
import type { Allocation } from "../../lib/types/receivables"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

/** On which invoices a payment or credit note lies, with what came besides the money. */
export function AllocationsSection({ source }: { source: CreditSource }) {
  const t = useT()
  const day = useDay()
  const lying = lyingAllocations(source)
  const firstOf = (allocation: Allocation) =>
    lying.find(({ invoice_id }) => invoice_id === allocation.invoice_id) === allocation
  return (
    <Section title={t("allocations.title")}>
      <LineTable
        lines={lying}
        lineKey={({ id }) => id}
        emptyText={t("allocations.none")}
        columns={[
          {
            header: t("fields.invoice"),
            className: "whitespace-nowrap",
            cell: ({ invoice_id, invoice_number }) => (
              <Link className="text-ui-fg-interactive" to={`/wholesale/invoices/${invoice_id}`}>
                {invoice_number}
              </Link>
            ),
          },
          { header: t("fields.kind"), cell: (allocation) => t(`allocations.kinds.${kindOf(allocation)}`) },
          {
            header: t("allocations.since"),
            className: "whitespace-nowrap",
            cell: ({ applied_on }) => day(applied_on),
          },
          {
            header: t("fields.amount"),
            align: "right",
            cell: ({ amount }) => amountText(amount, source.currency_code),
          },
          {
            header: "",
            align: "right",
            cell: (allocation) =>
              firstOf(allocation) && (
                <Button size="small" variant="transparent" asChild>
                  <Link
                    to={`unallocate?invoice_id=${allocation.invoice_id}`}
                    aria-label={t("unallocating.takeOffOf", { number: allocation.invoice_number })}
                  >
                    {t("unallocating.takeOff")}
                  </Link>
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}

/** What a part of it is: money on the invoice or on a late charge of it, or what was let go with it. */
export function kindOf({ kind, late_charge_id }: Allocation): string {
  return late_charge_id ? "late_charge" : kind
}
