import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { Account } from "../../lib/types/accounts"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField, SwitchField, TextField } from "../dialog/fields"
import { TierField } from "../pricing/tier-field"
import { InvoiceRulesFields, type InvoiceRules } from "./invoice-rules-fields"
import { termsDraft, TermsFields, termsOf } from "../dialog/terms-fields"

const TEXTS = ["number", "email", "phone", "tax_number", "sales_rep_email"] as const

/** Adds a business customer, or changes one. */
export function AccountDialog({ account }: { account?: Account }) {
  const t = useT()
  const { store } = useWholesale()
  const [company, setCompany] = useState(account?.company_name ?? "")
  const [terms, setTerms] = useState(() => termsDraft(account?.terms ?? store.default_terms))
  const [kind, setKind] = useState<Account["kind"] | "">("trade")
  const [tierId, setTierId] = useState(account?.price_tier_id ?? null)
  const [applied, setApplied] = useState(false)
  const [ownTerms, setOwnTerms] = useState(account !== undefined)
  const [closed, setClosed] = useState(account?.status === "closed")
  const [texts, setTexts] = useState<Record<(typeof TEXTS)[number], string>>({
    number: account?.number ?? "",
    email: account?.email ?? "",
    phone: account?.phone ?? "",
    tax_number: account?.tax_number ?? "",
    sales_rep_email: account?.sales_rep_email ?? "",
  })
  const [rules, setRules] = useState<InvoiceRules>({
    invoice_on: account?.invoice_on ?? null,
    invoice_consolidation: account?.invoice_consolidation ?? null,
    invoice_series: account?.invoice_series ?? null,
  })
  const typedTerms = termsOf(terms)
  const contact = {
    company_name: company.trim(),
    price_tier_id: tierId,
    terms: ownTerms && !applied ? typedTerms : undefined,
    ...rules,
    ...Object.fromEntries(TEXTS.map((name) => [name, texts[name].trim() || null])),
  }
  return (
    <ActionDialog<{ account: Account }>
      title={t(account ? "accounts.edit" : "accounts.create")}
      submitLabel={t("actions.save")}
      ready={contact.company_name !== "" && (!ownTerms || typedTerms !== undefined)}
      dirty={company !== (account?.company_name ?? "")}
      call={() =>
        account
          ? {
              path: `accounts/${account.id}`,
              body: {
                ...contact,
                status: closed ? "closed" : "active",
                ...(applied && tierId && { apply_tier_defaults: true }),
              },
            }
          : { path: "accounts", body: { ...contact, kind } }
      }
      next={({ account: saved }) => `/wholesale/accounts/${saved.id}`}
    >
      <TextField
        name="company_name"
        label={t("fields.company")}
        value={company}
        onChange={setCompany}
        autoFocus
      />
      {TEXTS.map((name) => (
        <TextField
          key={name}
          name={name}
          label={t(`accounts.fields.${name}`)}
          optional
          value={texts[name]}
          onChange={(typed) => setTexts({ ...texts, [name]: typed })}
        />
      ))}
      <TierField hint={t(account ? "tiers.assignHint" : "tiers.openHint")} value={tierId} onChange={setTierId} />
      {account && tierId && (
        <SwitchField
          name="apply_tier_defaults"
          label={t("tiers.apply")}
          hint={t("tiers.applyHint")}
          value={applied}
          onChange={setApplied}
        />
      )}
      {!account && (
        <SwitchField
          name="own_terms"
          label={t("tiers.ownTerms")}
          hint={t("tiers.ownTermsHint")}
          value={ownTerms}
          onChange={setOwnTerms}
        />
      )}
      {ownTerms && !applied && (
        <TermsFields name="terms" label={t("fields.terms")} value={terms} onChange={setTerms} />
      )}
      <InvoiceRulesFields value={rules} onChange={setRules} />
      {account ? (
        <SwitchField
          name="status"
          label={t("accounts.closed")}
          hint={t("accounts.closedHint")}
          value={closed}
          onChange={setClosed}
        />
      ) : (
        <SelectField
          name="kind"
          label={t("fields.kind")}
          value={kind}
          onChange={setKind}
          choices={[
            { value: "trade", label: t("kinds.trade") },
            { value: "cash", label: t("kinds.cash") },
          ]}
        />
      )}
    </ActionDialog>
  )
}
