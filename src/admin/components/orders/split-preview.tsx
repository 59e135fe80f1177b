import { Skeleton, Text } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import type { SplitPreview as Preview } from "../../hooks/use-order-split"
import { useT } from "../../hooks/use-t"
import type { Order } from "../../lib/types/orders"
import { ErrorNotice } from "../common/error-notice"

/** What an amount would make of the order: what goes on, and what waits. */
export function SplitPreview({ preview, order }: { preview: Preview; order: Order }) {
  const t = useT()
  const { split, error, isPending } = preview
  const money = (amount: number) => amountText(amount, order.currency_code)
  if (error) {
    return <ErrorNotice error={error} />
  }
  if (!split) {
    return isPending ? <Skeleton className="h-24 w-full rounded-lg" /> : null
  }
  const { goes_on, waits, exposure_after } = split
  return (
    <div role="status" className="bg-ui-bg-subtle shadow-elevation-card-rest flex flex-col gap-y-3 rounded-lg p-4">
      {([["goesOn", goes_on], ["waits", waits]] as const).map(([name, part]) => (
        <div key={name} className="flex flex-col gap-y-1">
          <div className="flex items-baseline justify-between gap-x-4">
            <Text size="small" weight="plus" leading="compact">
              {t(`decisions.partial.${name}`, { count: part.quantity })}
            </Text>
            <Text size="small" weight="plus" leading="compact" className="whitespace-nowrap tabular-nums">
              {money(part.total)}
            </Text>
          </div>
          <ul className="txt-compact-xsmall text-ui-fg-subtle max-h-24 overflow-y-auto">
            {part.lines.map(({ line_id, sku, quantity }) => (
              <li key={line_id} className="truncate">
                {quantity} × {sku}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {exposure_after !== null && (
        <Text size="xsmall" className="text-ui-fg-subtle">
          {t("decisions.partial.exposureAfter", { amount: money(exposure_after) })}
        </Text>
      )}
    </div>
  )
}
