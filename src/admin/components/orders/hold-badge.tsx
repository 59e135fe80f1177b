import { Badge } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import type { HoldKind } from "../../lib/types/credit"

/** That an order waits for a decision on credit, and why; nothing for one that does not. */
export function HoldBadge({ kinds }: { kinds: readonly HoldKind[] | null | undefined }) {
  const t = useT()
  if (!kinds) {
    return null
  }
  const reasons = kinds.map((kind) => t(`holdKinds.${kind}`)).join(", ")
  return (
    <Badge size="2xsmall" color="orange" className="shrink-0 whitespace-nowrap">
      {t("orders.onHold", { reasons })}
    </Badge>
  )
}
