import { useT } from "../../hooks/use-t"
import type { Order } from "../../lib/types/orders"
import { Downloads } from "../detail/downloads"

/** What the invoice will say, while the order is placed, has not ended and is not invoiced. */
export function ProForma({ order: { id, status, invoices = [] } }: { order: Order }) {
  const t = useT()
  const isOrder = !["draft", "rejected", "cancelled"].includes(status)
  return isOrder && invoices.every((invoice) => invoice.status === "void") ? (
    <Downloads files={[{ label: t("downloads.proForma"), path: `orders/${id}/pro-forma` }]} />
  ) : null
}
