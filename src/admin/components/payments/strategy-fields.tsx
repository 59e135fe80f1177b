import { Text } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useOpenItems } from "../../hooks/use-open-items"
import { useT } from "../../hooks/use-t"
import { allocationsOf, choicesFit, type Choices } from "../../lib/choices"
import type { Strategy } from "../../lib/types/receivables"
import { SelectField } from "../dialog/fields"
import { ChoiceTable } from "./choice-table"

/** Where money goes, as it is chosen. */
export interface StrategyDraft {
  readonly strategy: Strategy
  readonly choices: Choices
}

export const DUE_FIRST: StrategyDraft = { strategy: "due_date", choices: {} }

/** As the API takes it; amounts are named where, and only where, one chooses. */
export function strategyOf({ strategy, choices }: StrategyDraft) {
  return { strategy, allocations: strategy === "by_choice" ? allocationsOf(choices) : undefined }
}

export function isStrategyReady({ strategy, choices }: StrategyDraft, amount: string | number): boolean {
  return strategy !== "by_choice" || choicesFit(amount, choices)
}

interface StrategyFieldsProps {
  readonly accountId: string
  readonly currencyCode: string
  readonly amount: string | number
  readonly paidOn: Date | null
  readonly offered: readonly Strategy[]
  readonly value: StrategyDraft
  readonly onChange: (draft: StrategyDraft) => void
}

/** By which rule money goes to the account's invoices, or how much to which of them. */
export function StrategyFields({ offered, value, onChange, ...table }: StrategyFieldsProps) {
  const t = useT()
  const { accountId, currencyCode } = table
  return (
    <>
      <div className="grid grid-cols-1 items-end gap-4 md:grid-cols-2">
        <SelectField
          name="strategy"
          label={t("allocating.strategy")}
          value={value.strategy}
          onChange={(strategy) => onChange({ ...value, strategy: strategy || value.strategy })}
          choices={offered.map((strategy) => ({ value: strategy, label: t(`allocating.strategies.${strategy}`) }))}
        />
        <OpenTotal accountId={accountId} currencyCode={currencyCode} />
      </div>
      {value.strategy === "by_choice" && (
        <ChoiceTable {...table} value={value.choices} onChange={(choices) => onChange({ ...value, choices })} />
      )}
    </>
  )
}

/** How much there is to pay of the account. */
function OpenTotal({ accountId, currencyCode }: { accountId: string; currencyCode: string }) {
  const t = useT()
  const { count, openTotal } = useOpenItems(accountId)
  return count === undefined ? null : (
    <Text size="small" className="text-ui-fg-subtle pb-2">
      {t("allocating.openTotal", { count, amount: amountText(openTotal, currencyCode) })}
    </Text>
  )
}
