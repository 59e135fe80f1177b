import { SectionRow } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import { useTermsText } from "../../hooks/use-terms-text"
import { resources } from "../../lib/resources"
import type { Account } from "../../lib/types/accounts"
import { CoreName } from "../common/core-name"
import { StatusBadge } from "../common/status-badge"
import { CreditChanges } from "../credit/credit-changes"
import { CreditEntries } from "../credit/credit-entries"
import { CreditSection } from "../credit/credit-section"
import { Columns, Section } from "../detail/section"
import { InvoiceList } from "../invoices/invoice-list"
import { OrderList } from "../orders/order-list"
import { PaymentList } from "../payments/payment-list"
import { ReceivableChanges } from "../receivables/receivable-changes"
import { SettlementSection } from "../receivables/settlement-section"
import { AccountAgeingSection } from "./account-ageing-section"
import { AccountChanges } from "./account-changes"
import { CreditOnAccountList } from "./credit-on-account-list"
import { EmployeesSection } from "./employees-section"
import { LocationsSection } from "./locations-section"
import { OpenItemList } from "./open-item-list"
import { StatementSection } from "./statement-section"
import { TaxExemptionsSection } from "./tax-exemptions-section"

export function AccountDetail({ account }: { account: Account }) {
  const t = useT()
  const termsText = useTermsText()
  return (
    <Columns
      main={
        <>
          <Section
            level="h1"
            title={account.company_name}
            badge={<StatusBadge status={account.status} />}
            actions={
              <Button size="small" variant="secondary" asChild>
                <Link to="edit">{t("actions.edit")}</Link>
              </Button>
            }
          >
            <SectionRow title={t("accounts.fields.number")} value={account.number} />
            <SectionRow title={t("fields.email")} value={account.email} />
            <SectionRow title={t("fields.phone")} value={account.phone} />
            <SectionRow title={t("fields.taxNumber")} value={account.tax_number} />
            <SectionRow title={t("accounts.fields.sales_rep_email")} value={account.sales_rep_email} />
            <SectionRow title={t("fields.currency")} value={account.currency_code.toUpperCase()} />
            <SectionRow
              title={t("fields.terms")}
              value={termsText(account.terms)}
            />
            <SectionRow title={t("tiers.tier")} value={account.price_tier?.name ?? "–"} />
            <SectionRow title={t("fields.kind")} value={t(`kinds.${account.kind}`)} />
            {account.customer_id && (
              <SectionRow
                title={t("fields.customer")}
                value={
                  <Link className="text-ui-fg-interactive" to={`/customers/${account.customer_id}`}>
                    <CoreName kind="customer" id={account.customer_id} />
                  </Link>
                }
              />
            )}
          </Section>
          <AccountAgeingSection account={account} />
          <StatementSection account={account} />
          <CreditOnAccountList account={account} />
          <OpenItemList account={account} />
          <OrderList accountId={account.id} />
          <InvoiceList accountId={account.id} />
          <PaymentList accountId={account.id} />
          <CreditEntries account={account} />
        </>
      }
      side={
        <>
          <CreditSection account={account} />
          <AccountChanges accountId={account.id} />
          <CreditChanges resource={resources.creditChanges(account.id)} currencyCode={account.currency_code} />
          <SettlementSection accountId={account.id} />
          <ReceivableChanges accountId={account.id} currencyCode={account.currency_code} />
          <LocationsSection account={account} />
          <EmployeesSection account={account} />
          <TaxExemptionsSection account={account} />
        </>
      }
    />
  )
}
