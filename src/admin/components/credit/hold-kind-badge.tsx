import { Badge } from "@medusajs/ui"
import type { ComponentProps } from "react"

import { useT } from "../../hooks/use-t"
import type { HoldKind } from "../../lib/types/credit"

const COLORS: Readonly<Record<HoldKind, ComponentProps<typeof Badge>["color"]>> = {
  soft: "orange",
  hard: "red",
  past_due: "red",
  manual: "grey",
}

/** Which rule holds. */
export function HoldKindBadge({ kind }: { kind: HoldKind }) {
  const t = useT()
  return (
    <Badge size="2xsmall" color={COLORS[kind]} className="shrink-0 whitespace-nowrap">
      {t(`holds.kinds.${kind}`)}
    </Badge>
  )
}
