import { SectionRow } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import { Section } from "../detail/section"

/** How payments settle: of the store, or of an account that may have its own rules. */
export function SettlementSection({ accountId }: { accountId?: string }) {
  const t = useT()
  const { rows: settings, error } = useRows(resources.receivableSettings, { account_id: accountId })
  const own = settings?.find(({ account_id }) => account_id === (accountId ?? null))
  const store = settings?.find(({ account_id }) => account_id === null)
  const inherited = (value: string) => (accountId ? t("settlement.ofStore", { value }) : value)
  const tolerance = (amount: number | null | undefined, currencyCode: string | undefined) =>
    amount === null || amount === undefined ? t("settlement.noTolerance") : amountText(amount, currencyCode ?? "")
  const first = own?.settle_first ?? store?.settle_first ?? "invoice"
  return (
    <Section
      title={t("settlement.title")}
      error={error}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="settlement">{t("actions.edit")}</Link>
        </Button>
      }
    >
      <SectionRow
        title={t("settlement.tolerance")}
        value={
          own && own.write_off_tolerance !== null
            ? tolerance(own.write_off_tolerance, own.currency_code)
            : inherited(tolerance(store?.write_off_tolerance, store?.currency_code))
        }
      />
      <SectionRow
        title={t("settlement.first")}
        value={own?.settle_first ? t(`settlement.firsts.${first}`) : inherited(t(`settlement.firsts.${first}`))}
      />
    </Section>
  )
}
