import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { CHARGE_KINDS } from "../../lib/order-charges"
import type { ChargeKind, ChargeRule } from "../../lib/types/pricing"
import type { CreateChargeRuleBody } from "../../lib/types/requests"
import type { FulfilmentMethod } from "../../lib/types/store"
import { written } from "../credit/limit-fields"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SelectField, SwitchField, TextField } from "../dialog/fields"
import { FULFILMENT_METHODS } from "../trade/delivery-fields"

const EVERY_METHOD = "every"

/** Adds what orders are charged beside the goods, or changes it. */
export function ChargeDialog({ rule }: { rule?: ChargeRule }) {
  const t = useT()
  const { store } = useWholesale()
  const [kind, setKind] = useState<ChargeKind | "">(rule?.kind ?? "shipping")
  const [name, setName] = useState(rule?.name ?? "")
  const [amount, setAmount] = useState(written(rule?.amount))
  const [method, setMethod] = useState<FulfilmentMethod | typeof EVERY_METHOD | "">(
    rule?.fulfilment_method ?? EVERY_METHOD
  )
  const [active, setActive] = useState(rule?.active ?? true)
  const details = {
    name: name.trim(),
    amount: amount.trim(),
    fulfilment_method: method === EVERY_METHOD || method === "" ? null : method,
    active,
  }
  const call = () => {
    if (rule) {
      return { path: `charge-rules/${rule.id}`, body: details }
    }
    const body: CreateChargeRuleBody = { ...details, kind: kind || "shipping" }
    return { path: "charge-rules", body }
  }
  return (
    <ActionDialog
      title={t(rule ? "charges.edit" : "charges.create")}
      description={t("charges.text")}
      submitLabel={t("actions.save")}
      ready={details.name !== "" && details.amount !== ""}
      dirty={details.name !== (rule?.name ?? "")}
      call={call}
    >
      {!rule && (
        <SelectField
          name="kind"
          label={t("fields.kind")}
          value={kind}
          onChange={setKind}
          choices={CHARGE_KINDS.map((value) => ({ value, label: t(`charges.kinds.${value}`) }))}
        />
      )}
      <TextField
        name="name"
        label={t("fields.name")}
        hint={t("charges.nameHint")}
        value={name}
        onChange={setName}
        autoFocus
      />
      <AmountField
        name="amount"
        label={t("charges.amount")}
        currencyCode={rule?.currency_code ?? store.currency_code}
        value={amount}
        onChange={setAmount}
      />
      <SelectField
        name="fulfilment_method"
        label={t("fields.fulfilmentMethod")}
        hint={t("charges.methodHint")}
        value={method}
        onChange={setMethod}
        choices={[
          { value: EVERY_METHOD, label: t("charges.everyMethod") },
          ...FULFILMENT_METHODS.map((value) => ({ value, label: t(`methods.${value}`) })),
        ]}
      />
      <SwitchField
        name="active"
        label={t("charges.active")}
        hint={t("charges.activeHint")}
        value={active}
        onChange={setActive}
      />
    </ActionDialog>
  )
}
