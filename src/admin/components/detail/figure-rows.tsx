import { Text } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"

export interface FigureRow {
  readonly label: string
  readonly amount: number
  readonly strong?: boolean
}

/** Amounts below one another, with what they come to. */
export function FigureRows({ rows, currencyCode }: { rows: readonly FigureRow[]; currencyCode: string }) {
  return (
    <dl className="flex flex-col gap-y-1 px-6 py-4">
      {rows.map(({ label, amount, strong }, index) => {
        const weight = strong ? "plus" : "regular"
        return (
          <div key={index} className="flex items-center justify-between gap-x-4">
            <dt>
              <Text as="span" size="small" leading="compact" weight={weight} className="text-ui-fg-subtle">
                {label}
              </Text>
            </dt>
            <dd>
              <Text as="span" size="small" leading="compact" weight={weight} className="tabular-nums">
                {amountText(amount, currencyCode)}
              </Text>
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
