import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { DunningLevel } from "../../lib/types/receivables"
import type { SettingChange } from "../../lib/types/store"
import { ChangeLog } from "../common/change-log"

const LEVEL = /^dunning_level_(\d+)$/

interface ReceivableChangesProps {
  readonly accountId?: string
  readonly currencyCode: string
}

/** Who changed how payments settle, or how the store reminds. */
export function ReceivableChanges({ accountId, currencyCode }: ReceivableChangesProps) {
  const t = useT()
  const name = (field: string) => {
    const level = LEVEL.exec(field)?.[1]
    return level ? t("dunning.levelNumber", { level }) : t(`settlement.fields.${field}`, { defaultValue: field })
  }
  return (
    <ChangeLog
      title={t("settlement.changes")}
      emptyText={t("credit.changes.none")}
      resource={resources.receivableChanges}
      query={{ account_id: accountId }}
      fieldName={name}
      value={(change, value) => valueText(t, change, value, currencyCode)}
    />
  )
}

type T = ReturnType<typeof useT>

function valueText(t: T, { field }: SettingChange, value: string | null, currencyCode: string): string {
  if (value === null) {
    return t("credit.changes.notSet")
  }
  if (field === "write_off_tolerance") {
    return amountText(Number(value), currencyCode)
  }
  return field === "settle_first" ? t(`settlement.firsts.${value}`) : levelText(t, value)
}

/** A level as the audit keeps it, in a line. */
function levelText(t: T, value: string): string {
  const { days_late, fee, interest_percent, currency_code } = JSON.parse(value) as Omit<DunningLevel, "level">
  return [
    t("dunning.after", { count: days_late }),
    fee === null ? "" : amountText(Number(fee), currency_code),
    interest_percent === null ? "" : `${Number(interest_percent)} %`,
  ]
    .filter(Boolean)
    .join(", ")
}
