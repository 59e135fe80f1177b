import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { resources } from "../../lib/resources"
import type { AccountPayment, RecordPaymentBody, Strategy } from "../../lib/types/receivables"
import { ActionDialog } from "../dialog/action-dialog"
import { Picker } from "../pickers/pickers"
import { isMoneyReady, moneyDraft, MoneyFields, moneyOf } from "./money-fields"
import { DUE_FIRST, isStrategyReady, StrategyFields, strategyOf } from "./strategy-fields"

const OFFERED: readonly Strategy[] = ["due_date", "oldest_first", "by_choice", "unapplied"]

interface RecordPaymentDialogProps {
  /** Whose money it is, where that is known already. */
  readonly accountId?: string
}

/** Records money of an account, by a rule or over many invoices by choice. */
export function RecordPaymentDialog({ accountId }: RecordPaymentDialogProps) {
  const t = useT()
  const { store } = useWholesale()
  const [account, setAccount] = useState(accountId ?? "")
  const [money, setMoney] = useState(() => moneyDraft())
  const [draft, setDraft] = useState(DUE_FIRST)
  const { row } = useRow(resources.accounts, account, { enabled: account !== "" })
  const currencyCode = row?.currency_code ?? store.currency_code
  const call = () => {
    const body: RecordPaymentBody = {
      account_id: account,
      ...moneyOf(money),
      received_at: money.at?.toISOString(),
      ...strategyOf(draft),
    }
    return { path: "payments", body }
  }
  const choose = (picked: string) => {
    setAccount(picked)
    setDraft({ ...draft, choices: {} })
  }
  return (
    <ActionDialog<{ payment: AccountPayment }>
      size="full"
      title={t("payments.record")}
      description={row ? row.company_name : t("payments.recordHint")}
      submitLabel={t("payments.record")}
      ready={account !== "" && isMoneyReady(money) && isStrategyReady(draft, money.amount)}
      dirty={money.amount !== "" || money.reference !== ""}
      call={call}
      next={({ payment }) => `/wholesale/payments/${payment.id}`}
    >
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {!accountId && (
          <Picker source="accounts" name="account_id" label={t("fields.account")} value={account} onChange={choose} />
        )}
        <MoneyFields
          currencyCode={currencyCode}
          day={{ name: "received_at", label: t("fields.receivedAt") }}
          referenceHint={t("payments.referenceHint")}
          autoFocus={Boolean(accountId)}
          value={money}
          onChange={setMoney}
        />
      </div>
      {account !== "" && (
        <StrategyFields
          accountId={account}
          currencyCode={currencyCode}
          amount={money.amount}
          paidOn={money.at ?? new Date()}
          offered={OFFERED}
          value={draft}
          onChange={setDraft}
        />
      )}
    </ActionDialog>
  )
}
