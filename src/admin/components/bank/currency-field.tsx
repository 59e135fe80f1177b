import { useT } from "../../hooks/use-t"
import { TextField } from "../dialog/fields"

interface CurrencyFieldProps {
  readonly value: string
  readonly onChange: (code: string) => void
}

/** The currency of the bank's account, in three letters. */
export function CurrencyField({ value, onChange }: CurrencyFieldProps) {
  const t = useT()
  return (
    <div className="w-40">
      <TextField
        name="currency_code"
        label={t("bank.currency")}
        value={value.toUpperCase()}
        onChange={(typed) => onChange(typed.toLowerCase())}
      />
    </div>
  )
}
