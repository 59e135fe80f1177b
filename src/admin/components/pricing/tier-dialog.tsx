import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { PriceTier } from "../../lib/types/pricing"
import type { CreatePriceTierBody } from "../../lib/types/requests"
import { written } from "../credit/limit-fields"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SwitchField, TextField } from "../dialog/fields"
import { termsDraft, TermsFields, termsOf } from "../dialog/terms-fields"
import { defaultCreditDraft, DefaultCreditFields, defaultCreditOf } from "./default-credit-fields"

/** Makes a class of customers, or changes one. */
export function TierDialog({ tier }: { tier?: PriceTier }) {
  const t = useT()
  const { store } = useWholesale()
  const currencyCode = tier?.currency_code ?? store.currency_code
  const [name, setName] = useState(tier?.name ?? "")
  const [free, setFree] = useState(written(tier?.free_shipping_from))
  const [hasTerms, setHasTerms] = useState(Boolean(tier?.default_terms))
  const [terms, setTerms] = useState(() => termsDraft(tier?.default_terms ?? store.default_terms))
  const [credit, setCredit] = useState(() => defaultCreditDraft(tier?.default_credit))
  const default_terms = hasTerms ? termsOf(terms) : null
  const default_credit = defaultCreditOf(credit)
  const call = () => {
    const body: CreatePriceTierBody = {
      name: name.trim(),
      free_shipping_from: free.trim() || null,
      default_terms,
      default_credit,
    }
    return { path: tier ? `price-tiers/${tier.id}` : "price-tiers", body }
  }
  return (
    <ActionDialog
      title={t(tier ? "tiers.edit" : "tiers.create")}
      description={t("tiers.text")}
      submitLabel={t("actions.save")}
      ready={name.trim() !== "" && default_terms !== undefined && default_credit !== undefined}
      dirty={name.trim() !== (tier?.name ?? "")}
      call={call}
    >
      <TextField name="name" label={t("fields.name")} value={name} onChange={setName} autoFocus />
      <AmountField
        name="free_shipping_from"
        label={t("tiers.freeShippingFrom")}
        hint={t("tiers.freeShippingHint")}
        optional
        currencyCode={currencyCode}
        value={free}
        onChange={setFree}
      />
      <SwitchField
        name="default_terms"
        label={t("tiers.terms")}
        hint={t("tiers.termsHint")}
        value={hasTerms}
        onChange={setHasTerms}
      />
      {hasTerms && (
        <TermsFields name="default_terms" label={t("fields.terms")} value={terms} onChange={setTerms} />
      )}
      <DefaultCreditFields
        hint={t("tiers.creditHint")}
        currencyCode={currencyCode}
        value={credit}
        onChange={setCredit}
      />
    </ActionDialog>
  )
}
