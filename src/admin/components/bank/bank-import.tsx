import { Button, Text } from "@medusajs/ui"
import { useState } from "react"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { NO_FORMAT, rememberedFormat, rememberFormat } from "../../lib/bank-format"
import { likelyDelimiter, titlesOf } from "../../lib/csv"
import type { BankMatch, MatchBankStatementBody } from "../../lib/types/receivables"
import { Section } from "../detail/section"
import { BankLines } from "./bank-lines"
import { CurrencyField } from "./currency-field"
import { BankFormatFields } from "./format-fields"
import { StatementInput } from "./statement-input"

/** Reads what a bank exports, shows what each line seems to pay, and records what is confirmed. */
export function BankImport() {
  const t = useT()
  const { store } = useWholesale()
  const [csv, setCsv] = useState("")
  const [format, setFormat] = useState(() => rememberedFormat(store.id) ?? NO_FORMAT)
  const [currency, setCurrency] = useState(store.currency_code)
  const [match, setMatch] = useState<BankMatch>()
  const { run, isPending, error } = useAction<BankMatch>({ onDone: setMatch })
  const titles = titlesOf(csv, format.delimiter)
  const { payer, ...needed } = format.columns
  const isReady = csv !== "" && Object.values(needed).every((title) => titles.includes(title))

  const take = (written: string) => {
    const delimiter = likelyDelimiter(written)
    setCsv(written)
    setFormat((before) => ({ ...before, delimiter: written === "" ? before.delimiter : delimiter }))
  }
  const read = () => {
    rememberFormat(store.id, format)
    const body: MatchBankStatementBody = {
      csv,
      ...format,
      columns: { ...needed, payer: titles.includes(payer) ? payer : undefined },
      currency_code: currency,
    }
    run({ path: "bank-statements/match", body })
  }
  if (match) {
    return <BankLines match={match} onAgain={() => setMatch(undefined)} />
  }
  return (
    <Section level="h1" title={t("bank.title")} error={error}>
      <div className="flex flex-col gap-y-6 px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle">
          {t("bank.text")}
        </Text>
        <StatementInput value={csv} onChange={take} />
        {titles.length > 0 && (
          <>
            <BankFormatFields titles={titles} value={format} onChange={setFormat} />
            <CurrencyField value={currency} onChange={setCurrency} />
          </>
        )}
        <div className="flex justify-end">
          <Button size="small" disabled={!isReady} isLoading={isPending} onClick={read}>
            {t("bank.read")}
          </Button>
        </div>
      </div>
    </Section>
  )
}
