import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { SectionRow } from "@medusajs/dashboard/components"
import { Badge } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { StatusBadge } from "../components/common/status-badge"
import { Section } from "../components/detail/section"
import { amountText } from "../hooks/use-formats"
import { useMirrorsOf } from "../hooks/use-mirrors-of"
import { useT } from "../hooks/use-t"

/** Beside a core order that stands for a wholesale invoice: where it comes from. */
const OrderPanel = ({ data }: { data: { id: string; metadata?: unknown } }) => {
  const t = useT()
  const mirrors = useMirrorsOf(data)
  if (mirrors.length === 0) {
    return null
  }
  return (
    <div className="order-first flex flex-col gap-y-3">
      {mirrors.map((mirror) => (
        <Section
          key={mirror.id}
          title={t("mirror.panel")}
          badge={
            <>
              <Badge size="2xsmall" color="purple">
                {t("mirror.badge")}
              </Badge>
              <StatusBadge status={mirror.status} />
            </>
          }
        >
          <SectionRow title={t("fields.account")} value={mirror.account_name} />
          <SectionRow
            title={t("fields.wholesaleOrder")}
            value={
              <Link className="text-ui-fg-interactive" to={`/wholesale/orders/${mirror.order_id}`}>
                {mirror.order_number}
              </Link>
            }
          />
          <SectionRow
            title={t("fields.invoice")}
            value={
              <Link className="text-ui-fg-interactive" to={`/wholesale/invoices/${mirror.invoice_id}`}>
                {mirror.invoice_number}
              </Link>
            }
          />
          <SectionRow title={t("fields.total")} value={amountText(mirror.total, mirror.currency_code)} />
          {mirror.refunded_total > 0 && (
            <SectionRow
              title={t("fields.refunded")}
              value={amountText(mirror.refunded_total, mirror.currency_code)}
            />
          )}
        </Section>
      ))}
    </div>
  )
}

export const config = defineWidgetConfig({ zone: "order.details.side.before", id: "wholesale-order-panel" })

export default OrderPanel
