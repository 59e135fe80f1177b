import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Order, OrderPart } from "../../lib/types/orders"
import { StatusBadge } from "../common/status-badge"
import { Section } from "../detail/section"
import { HoldBadge } from "./hold-badge"

/** What was one order with this one: the order that it was split off, and what was split off it. */
export function OrderParts({ order }: { order: Order }) {
  const t = useT()
  const { parent, children = [] } = order
  return (
    <>
      {parent && (
        <Section title={t("orders.splitOff")}>
          <PartRow title={t("orders.whole")} part={parent} currencyCode={order.currency_code} />
        </Section>
      )}
      {children.length > 0 && (
        <Section title={t("orders.parts")}>
          {children.map((child) => (
            <PartRow key={child.id} title={t("orders.waits")} part={child} currencyCode={order.currency_code} />
          ))}
        </Section>
      )}
    </>
  )
}

function PartRow({ title, part, currencyCode }: { title: string; part: OrderPart; currencyCode: string }) {
  return (
    <SectionRow
      title={title}
      value={
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <Link className="text-ui-fg-interactive whitespace-nowrap" to={`/wholesale/orders/${part.id}`}>
            {part.number}
          </Link>
          <StatusBadge status={part.status} />
          <HoldBadge kinds={part.hold_kinds} />
          <span>{amountText(part.total, currencyCode)}</span>
        </span>
      }
    />
  )
}
