import { Hint, Text } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import type { BankFormat } from "../../lib/bank-format"
import type { Delimiter } from "../../lib/csv"
import { SelectField } from "../dialog/fields"

const COLUMNS = ["date", "amount", "reference", "payer"] as const
const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = { ",": "comma", ";": "semicolon", "\t": "tab" }
const DECIMAL_NAMES: Readonly<Record<BankFormat["decimal"], string>> = { ".": "point", ",": "comma" }
const DATE_ORDERS: readonly BankFormat["date_order"][] = ["ymd", "dmy", "mdy"]
const NO_COLUMN = " "

interface BankFormatFieldsProps {
  /** Of the file's columns. */
  readonly titles: readonly string[]
  readonly value: BankFormat
  readonly onChange: (format: BankFormat) => void
}

/** Which column says what, and by which signs. */
export function BankFormatFields({ titles, value, onChange }: BankFormatFieldsProps) {
  const t = useT()
  const distinct = [...new Set(titles)]
  const set = (changes: Partial<BankFormat>) => onChange({ ...value, ...changes })
  return (
    <div className="flex flex-col gap-y-4">
      <div>
        <Text size="small" weight="plus">
          {t("bank.format")}
        </Text>
        <Hint>{t("bank.formatKept")}</Hint>
      </div>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-4">
        {COLUMNS.map((name) => (
          <SelectField
            key={name}
            name={`columns.${name}`}
            label={t(`bank.columns.${name}`)}
            optional={name === "payer"}
            value={distinct.includes(value.columns[name]) ? value.columns[name] : name === "payer" ? NO_COLUMN : ""}
            onChange={(picked) =>
              set({ columns: { ...value.columns, [name]: picked === NO_COLUMN ? "" : picked } })
            }
            choices={[
              ...(name === "payer" ? [{ value: NO_COLUMN, label: t("bank.noColumn") }] : []),
              ...distinct.map((title) => ({ value: title, label: title })),
            ]}
          />
        ))}
      </div>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-3">
        <SelectField
          name="delimiter"
          label={t("bank.delimiter")}
          value={value.delimiter}
          onChange={(picked) => set({ delimiter: picked || value.delimiter })}
          choices={([",", ";", "\t"] as const).map((sign) => ({
            value: sign,
            label: t(`bank.delimiters.${DELIMITER_NAMES[sign]}`),
          }))}
        />
        <SelectField
          name="decimal"
          label={t("bank.decimal")}
          value={value.decimal}
          onChange={(picked) => set({ decimal: picked || value.decimal })}
          choices={([".", ","] as const).map((sign) => ({
            value: sign,
            label: t(`bank.decimals.${DECIMAL_NAMES[sign]}`),
          }))}
        />
        <SelectField
          name="date_order"
          label={t("bank.dateOrder")}
          value={value.date_order}
          onChange={(picked) => set({ date_order: picked || value.date_order })}
          choices={DATE_ORDERS.map((order) => ({ value: order, label: t(`bank.dateOrders.${order}`) }))}
        />
      </div>
    </div>
  )
}
