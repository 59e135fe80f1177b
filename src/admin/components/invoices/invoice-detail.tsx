import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Invoice, InvoiceLine } from "../../lib/types/invoices"
import { MirrorRow } from "../common/mirror-row"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { Downloads } from "../detail/downloads"
import { EventButtons, type EventOffer } from "../detail/event-buttons"
import { HistorySection } from "../detail/history-section"
import { LineTable } from "../detail/line-table"
import { Columns, Section } from "../detail/section"
import { Totals } from "../detail/totals"
import { LateCharges } from "./late-charges"
import { taxedFiles } from "./taxed-files"

const OFFERS: readonly EventOffer[] = [
  { event: "pay", asks: true },
  { event: "credit", asks: true },
  { event: "undo_write_off", asks: true },
  { event: "write_off", asks: true, danger: true },
  { event: "void", asks: true, danger: true },
]

export function InvoiceDetail({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const day = useDay()
  const { currency_code } = invoice
  return (
    <Columns
      main={
        <>
          <Section
            level="h1"
            title={invoice.number}
            badge={<StatusBadge status={invoice.is_overdue ? "overdue" : invoice.status} />}
          >
            <EventButtons
              path={`invoices/${invoice.id}`}
              allowed={invoice.allowed_events}
              offers={OFFERS}
            />
            <Downloads files={taxedFiles(t, `invoices/${invoice.id}`, invoice.status !== "void")} />
            <SectionRow
              title={t("fields.account")}
              value={
                <Link className="text-ui-fg-interactive" to={`/wholesale/accounts/${invoice.account_id}`}>
                  {invoice.account?.company_name ?? t("connections.openAccount")}
                </Link>
              }
            />
            {invoice.orders.map((order) => (
              <SectionRow
                key={order.order_id}
                title={t("fields.order")}
                value={
                  <>
                    <Link className="text-ui-fg-interactive" to={`/wholesale/orders/${order.order_id}`}>
                      {order.order_number}
                    </Link>
                    {order.purchase_order_number && ` · ${order.purchase_order_number}`}
                  </>
                }
              />
            ))}
            <SectionRow title={t("fields.issuedAt")} value={day(invoice.issued_at)} />
            <SectionRow title={t("fields.dueAt")} value={day(invoice.due_at)} />
          </Section>
          <InvoiceLines invoice={invoice} />
        </>
      }
      side={
        <>
          <Section title={t("fields.total")}>
            <Totals
              document={invoice}
              further={[
                { label: t("fields.paid"), amount: -invoice.paid_total },
                { label: t("fields.credited"), amount: -invoice.credited_total },
                ...allowances(t, invoice),
                { label: t("fields.outstanding"), amount: invoice.outstanding, strong: true },
              ]}
            />
            {invoice.mirrors?.map((mirror) => <MirrorRow key={mirror.id} mirror={mirror} />)}
          </Section>
          <Section title={t("invoices.payments")}>
            {(invoice.payments ?? []).map((payment) => (
              <SectionRow
                key={payment.id}
                title={amountText(payment.applied ?? payment.amount, currency_code)}
                value={
                  <Link className="text-ui-fg-interactive break-words" to={`/wholesale/payments/${payment.id}`}>
                    {[day(payment.received_at), paymentMethod(t, payment.method), payment.reference]
                      .filter(Boolean)
                      .join(" · ")}
                  </Link>
                }
              />
            ))}
            {!invoice.payments?.length && <SectionRow title={t("invoices.noPayments")} value="" />}
          </Section>
          {Boolean(invoice.credit_notes?.length) && (
            <Section title={t("invoices.creditNotes")}>
              {invoice.credit_notes?.map((note) => (
                <div key={note.id}>
                  <SectionRow
                    title={`${note.number} · ${amountText(note.total, currency_code)}`}
                    value={
                      <Link className="text-ui-fg-interactive break-words" to={`/wholesale/credit-notes/${note.id}`}>
                        {`${day(note.issued_at)} · ${note.reason}`}
                      </Link>
                    }
                  />
                  <Downloads of={note.number} files={taxedFiles(t, `credit-notes/${note.id}`)} />
                </div>
              ))}
            </Section>
          )}
          <LateCharges invoice={invoice} />
          <HistorySection events={invoice.events} currencyCode={currency_code} />
        </>
      }
    />
  )
}

/** What was let go, as far as there is any: for paying early, as a residue or a bad debt. */
function allowances(t: ReturnType<typeof useT>, { discount_total, written_off_total }: Invoice) {
  return [
    ...(discount_total > 0 ? [{ label: t("invoices.discounts"), amount: -discount_total }] : []),
    ...(written_off_total > 0 ? [{ label: t("invoices.writtenOff"), amount: -written_off_total }] : []),
  ]
}

function paymentMethod(t: ReturnType<typeof useT>, method: string): string {
  return t(`paymentMethods.${method}`, { defaultValue: method })
}

function InvoiceLines({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const numbers = new Map(invoice.orders.map(({ order_id, order_number }) => [order_id, order_number]))
  return (
    <Section title={t("fields.lines")}>
      <LineTable
        lines={invoice.lines ?? []}
        lineKey={({ id }) => id}
        columns={[
          ...(numbers.size > 1
            ? [{ header: t("fields.order"), cell: ({ order_id }: InvoiceLine) => numbers.get(order_id) ?? "–" }]
            : []),
          { header: t("fields.sku"), cell: ({ sku }) => <Truncated text={sku} /> },
          { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
          { header: t("fields.quantity"), align: "right", cell: ({ quantity }) => quantity },
          {
            header: t("fields.price"),
            align: "right",
            cell: ({ unit_price }) => amountText(unit_price, invoice.currency_code),
          },
          { header: t("fields.tax"), align: "right", cell: ({ tax_rate }) => `${tax_rate} %` },
          {
            header: t("fields.subtotal"),
            align: "right",
            cell: ({ subtotal }) => amountText(subtotal, invoice.currency_code),
          },
          {
            header: t("fields.credited"),
            align: "right",
            cell: ({ credited_amount }) =>
              credited_amount ? amountText(credited_amount, invoice.currency_code) : "–",
          },
        ]}
      />
    </Section>
  )
}
