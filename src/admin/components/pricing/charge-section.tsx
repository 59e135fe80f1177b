import { Badge } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { ChargeRule } from "../../lib/types/pricing"
import { EditableRows } from "./editable-rows"

/** What orders are charged beside the goods. */
export function ChargeSection() {
  const t = useT()
  const { rows, error } = useRows(resources.chargeRules)
  return (
    <EditableRows
      title={t("charges.title")}
      empty={t("charges.none")}
      rows={rows}
      error={error}
      path="charge-rules"
      add="add-charge"
      edit={({ id }) => `charge?rule_id=${id}`}
      removeText={t("charges.removeText")}
      value={(rule) => <RuleText rule={rule} />}
    />
  )
}

function RuleText({ rule }: { rule: ChargeRule }) {
  const t = useT()
  const { kind, amount, currency_code, fulfilment_method, active } = rule
  return (
    <div className="flex flex-col gap-y-1">
      <span className="flex items-center gap-x-2">
        {amountText(amount, currency_code)}
        {!active && <Badge size="2xsmall">{t("charges.inactive")}</Badge>}
      </span>
      <span className="text-ui-fg-muted">
        {[t(`charges.kinds.${kind}`), fulfilment_method && t(`methods.${fulfilment_method}`)].filter(Boolean).join(" · ")}
      </span>
    </div>
  )
}
