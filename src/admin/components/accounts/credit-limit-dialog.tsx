import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { Account } from "../../lib/types/accounts"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SwitchField } from "../dialog/fields"

/** How much an account may owe: no limit, nothing (0), or an amount. */
export function CreditLimitDialog({ account }: { account: Account }) {
  const t = useT()
  const current = account.credit_account?.credit_limit ?? null
  const [limited, setLimited] = useState(current !== null)
  const [limit, setLimit] = useState(current === null ? "" : String(current))
  return (
    <ActionDialog
      title={t("credit.setLimit")}
      description={account.company_name}
      submitLabel={t("actions.save")}
      ready={!limited || limit.trim() !== ""}
      call={() => ({
        path: `credit-accounts/${account.id}`,
        body: { credit_limit: limited ? limit.trim() : null },
      })}
    >
      <SwitchField
        name="limited"
        label={t("credit.limited")}
        hint={t("credit.limitedHint")}
        value={limited}
        onChange={setLimited}
      />
      {limited && (
        <AmountField
          name="credit_limit"
          label={t("fields.creditLimit")}
          hint={t("credit.zeroHint")}
          currencyCode={account.currency_code}
          value={limit}
          onChange={setLimit}
          autoFocus
        />
      )}
    </ActionDialog>
  )
}
