import { Button, FocusModal, Heading, Text } from "@medusajs/ui"
import { useState } from "react"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { LinePurpose } from "../../lib/bank-confirmation"
import type { BankLine, Strategy } from "../../lib/types/receivables"
import { DUE_FIRST, isStrategyReady, StrategyFields, strategyOf } from "../payments/strategy-fields"
import { Picker } from "../pickers/pickers"

const OFFERED: readonly Strategy[] = ["due_date", "oldest_first", "by_choice", "unapplied"]

interface ChooseLineProps {
  readonly line: BankLine
  readonly onChosen: (purpose: LinePurpose) => void
  readonly onClose: () => void
}

/** Says by hand whose money a line is, and where it goes. */
export function ChooseLine({ line, onChosen, onClose }: ChooseLineProps) {
  const t = useT()
  const day = useDay()
  const { amount, currency_code, received_at, payer, reference, proposal } = line
  const [account, setAccount] = useState(proposal?.account_id ?? "")
  const [draft, setDraft] = useState(DUE_FIRST)
  const isReady = account !== "" && isStrategyReady(draft, amount)
  return (
    <FocusModal open onOpenChange={(open) => !open && onClose()}>
      <FocusModal.Content>
        <FocusModal.Header />
        <FocusModal.Body className="flex flex-1 justify-center overflow-y-auto py-10">
          <div className="flex w-full max-w-[1000px] flex-col gap-y-6 px-6">
            <div>
              <FocusModal.Title asChild>
                <Heading>{t("bank.chooseTitle")}</Heading>
              </FocusModal.Title>
              <FocusModal.Description asChild>
                <Text size="small" className="text-ui-fg-subtle break-words">
                  {[amountText(amount, currency_code), day(received_at), payer, reference].filter(Boolean).join(" · ")}
                </Text>
              </FocusModal.Description>
            </div>
            <div className="max-w-md">
              <Picker
                source="accounts"
                name="account_id"
                label={t("fields.account")}
                value={account}
                onChange={(picked) => {
                  setAccount(picked)
                  setDraft({ ...draft, choices: {} })
                }}
              />
            </div>
            {account !== "" && (
              <StrategyFields
                accountId={account}
                currencyCode={currency_code}
                amount={amount}
                paidOn={new Date(received_at)}
                offered={OFFERED}
                value={draft}
                onChange={setDraft}
              />
            )}
          </div>
        </FocusModal.Body>
        <FocusModal.Footer>
          <Button size="small" variant="secondary" onClick={onClose}>
            {t("actions.cancel")}
          </Button>
          <Button
            size="small"
            disabled={!isReady}
            onClick={() => onChosen({ account_id: account, ...strategyOf(draft) })}
          >
            {t("bank.confirm")}
          </Button>
        </FocusModal.Footer>
      </FocusModal.Content>
    </FocusModal>
  )
}
