import { Plus, Trash } from "@medusajs/icons"
import { Button, IconButton } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import { CHARGE_KINDS, type ChargeDraft } from "../../lib/order-charges"
import { AmountField, SelectField, SwitchField, TextField } from "../dialog/fields"

interface ChargeFieldsProps {
  readonly currencyCode: string
  /** null: by the store's rules. */
  readonly value: readonly ChargeDraft[] | null
  readonly onChange: (charges: readonly ChargeDraft[] | null) => void
}

/** What one order is charged beside its goods: by the store's rules, or as agreed. */
export function ChargeFields({ currencyCode, value, onChange }: ChargeFieldsProps) {
  const t = useT()
  return (
    <div className="flex flex-col gap-y-4">
      <SwitchField
        name="charges"
        label={t("charges.byHand")}
        hint={t("charges.byHandHint")}
        value={value !== null}
        onChange={(byHand) => onChange(byHand ? [newCharge([])] : null)}
      />
      {value?.map((charge, index) => (
        <ChargeRow
          key={charge.key}
          index={index}
          charge={charge}
          currencyCode={currencyCode}
          onChange={(changed) => onChange(value.map((each) => (each.key === charge.key ? changed : each)))}
          onRemove={() => onChange(value.filter(({ key }) => key !== charge.key))}
        />
      ))}
      {value && (
        <div>
          <Button type="button" size="small" variant="secondary" onClick={() => onChange([...value, newCharge(value)])}>
            <Plus />
            {t("charges.create")}
          </Button>
        </div>
      )}
    </div>
  )
}

interface ChargeRowProps {
  readonly index: number
  readonly charge: ChargeDraft
  readonly currencyCode: string
  readonly onChange: (charge: ChargeDraft) => void
  readonly onRemove: () => void
}

function ChargeRow({ index, charge, currencyCode, onChange, onRemove }: ChargeRowProps) {
  const t = useT()
  return (
    <div className="flex items-start gap-x-4">
      <div className="grid flex-1 grid-cols-1 items-start gap-4 md:grid-cols-3">
        <SelectField
          name={`charges.${index}.kind`}
          label={t("fields.kind")}
          value={charge.kind}
          onChange={(kind) => kind && onChange({ ...charge, kind })}
          choices={CHARGE_KINDS.map((value) => ({ value, label: t(`charges.kinds.${value}`) }))}
        />
        <TextField
          name={`charges.${index}.name`}
          label={t("fields.name")}
          value={charge.name}
          onChange={(name) => onChange({ ...charge, name })}
        />
        <AmountField
          name={`charges.${index}.amount`}
          label={t("charges.amount")}
          currencyCode={currencyCode}
          value={charge.amount}
          onChange={(amount) => onChange({ ...charge, amount })}
        />
      </div>
      <IconButton
        type="button"
        size="small"
        variant="transparent"
        className="mt-7"
        aria-label={t("charges.remove", { name: charge.name || index + 1 })}
        onClick={onRemove}
      >
        <Trash />
      </IconButton>
    </div>
  )
}

function newCharge(others: readonly ChargeDraft[]): ChargeDraft {
  return { key: Math.max(0, ...others.map(({ key }) => key)) + 1, kind: "shipping", name: "", amount: "" }
}
