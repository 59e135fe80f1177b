import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { creditNoteSource, lyingAllocations, moneyUnits } from "../../lib/credit-source"
import { decimalOf } from "../../lib/decimal"
import type { CreditNoteDetail as Note } from "../../lib/types/receivables"
import { Downloads } from "../detail/downloads"
import { Columns, Section } from "../detail/section"
import { Totals } from "../detail/totals"
import { taxedFiles } from "../invoices/taxed-files"
import { AllocationsSection } from "../payments/allocations-section"
import { FigureRows } from "../detail/figure-rows"
import { SourceButtons } from "../payments/source-buttons"
import { SourceHistory } from "../payments/source-history"

/** A credit note: what it takes back, where it lies, and what can be done with the rest. */
export function CreditNoteDetail({ note }: { note: Note }) {
  const t = useT()
  const day = useDay()
  const source = creditNoteSource(note)
  const { currency_code, actor_type, actor_id, issued_at } = note
  return (
    <Columns
      main={
        <>
          <Section level="h1" title={note.number}>
            <SourceButtons source={source} />
            <Downloads files={taxedFiles(t, `credit-notes/${note.id}`)} />
            <SectionRow
              title={t("fields.account")}
              value={
                <Link className="text-ui-fg-interactive break-words" to={`/wholesale/accounts/${note.account_id}`}>
                  {note.account.company_name}
                </Link>
              }
            />
            <SectionRow
              title={t("fields.invoice")}
              value={
                <Link className="text-ui-fg-interactive" to={`/wholesale/invoices/${note.invoice_id}`}>
                  {note.invoice_number}
                </Link>
              }
            />
            <SectionRow title={t("fields.issuedAt")} value={day(issued_at)} />
            <SectionRow title={t("fields.reason")} value={note.reason} />
          </Section>
          <AllocationsSection source={source} />
        </>
      }
      side={
        <>
          <Section title={t("fields.total")}>
            <Totals document={note} />
            <FigureRows
              currencyCode={currency_code}
              rows={[
                { label: t("payments.onInvoices"), amount: -Number(decimalOf(moneyUnits(lyingAllocations(source)))) },
                { label: t("payments.refunded"), amount: -note.refunded_total },
                { label: t("payments.unapplied"), amount: note.unapplied, strong: true },
              ]}
            />
          </Section>
          <SourceHistory
            source={source}
            own={[
              {
                key: "issued",
                title: t("allocations.events.issued"),
                amount: note.total,
                reason: note.reason,
                actor_type,
                actor_id,
                at: issued_at,
              },
            ]}
          />
        </>
      }
    />
  )
}
