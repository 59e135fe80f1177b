import { Text, clx } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { exposureScale, type ExposurePart } from "../../lib/exposure-scale"
import type { LimitRules } from "../../lib/types/credit"

interface ExposureBarProps {
  readonly parts: readonly ExposurePart[]
  readonly rules: Pick<LimitRules, "credit_limit" | "soft_threshold_percent" | "hard_threshold_percent">
  readonly currencyCode: string
}

const COLORS: Readonly<Record<ExposurePart["name"], string>> = {
  balance: "bg-ui-tag-blue-icon",
  exposure: "bg-ui-tag-blue-icon",
  reserved: "bg-ui-tag-purple-icon",
  order: "bg-ui-tag-orange-icon",
}

/** How much of a limit is used, by what, and where its lines are; nothing without a limit to compare with. */
export function ExposureBar({ parts, rules, currencyCode }: ExposureBarProps) {
  const t = useT()
  const scale = exposureScale(parts, rules)
  if (!scale) {
    return null
  }
  const shown = scale.segments.filter(({ amount }) => amount > 0)
  return (
    <div className="flex flex-col gap-y-2">
      <div
        role="img"
        aria-label={t("credit.usedOf", { percent: scale.usedPercent })}
        className="bg-ui-bg-switch-off relative h-2 w-full rounded-full"
      >
        <div className="flex h-full w-full overflow-hidden rounded-full">
          {shown.map(({ name, width }) => (
            <div key={name} className={COLORS[name]} style={{ width: `${width}%` }} />
          ))}
        </div>
        {scale.lines.map(({ name, at }) => (
          <span
            key={name}
            className={clx("bg-ui-fg-base absolute -top-1 h-4 w-0.5 -translate-x-1/2 rounded-full", {
              "opacity-50": name !== "limit",
            })}
            style={{ left: `${at}%` }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {shown.map(({ name, amount }) => (
          <Text key={name} size="xsmall" className="text-ui-fg-subtle inline-flex items-center gap-x-1.5">
            <span className={clx("size-2 shrink-0 rounded-full", COLORS[name])} />
            {t(`credit.parts.${name}`)} {amountText(amount, currencyCode)}
          </Text>
        ))}
        {scale.lines.map(({ name, percent }) => (
          <Text key={name} size="xsmall" className="text-ui-fg-muted inline-flex items-center gap-x-1.5">
            <span className={clx("bg-ui-fg-base h-3 w-0.5 shrink-0 rounded-full", { "opacity-50": name !== "limit" })} />
            {t(`credit.lines.${name}`, { percent })}
          </Text>
        ))}
      </div>
    </div>
  )
}
