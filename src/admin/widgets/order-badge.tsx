import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Badge } from "@medusajs/ui"

import { useMirrorsOf } from "../hooks/use-mirrors-of"
import { useT } from "../hooks/use-t"

/** Above a core order that stands for a wholesale invoice: says so. */
const OrderBadge = ({ data }: { data: { id: string; metadata?: unknown } }) => {
  const t = useT()
  const [mirror] = useMirrorsOf(data)
  return mirror ? (
    <div className="order-first">
      <Badge color="purple">{t("mirror.badgeOf", { account: mirror.account_name })}</Badge>
    </div>
  ) : null
}

export const config = defineWidgetConfig({ zone: "order.details.before", id: "wholesale-order-badge" })

export default OrderBadge
