import { SectionRow } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { addressLines, amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { useTermsText } from "../../hooks/use-terms-text"
import { useWholesale } from "../../hooks/use-wholesale"
import { CoreName } from "../common/core-name"
import { Section } from "../detail/section"

/** What partners learn of the store, and where its goods are. */
export function StoreSection() {
  const t = useT()
  const { store } = useWholesale()
  return (
    <Section
      title={t("settings.store")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="edit-store">{t("actions.edit")}</Link>
        </Button>
      }
    >
      <SectionRow title={t("fields.name")} value={store.name} />
      <SectionRow title={t("fields.mode")} value={t(`modes.${store.mode}`)} />
      <SectionRow title={t("fields.currency")} value={store.currency_code.toUpperCase()} />
      <SectionRow title={t("fields.email")} value={store.email} />
      <SectionRow title={t("fields.creditManager")} value={store.credit_manager_email} />
      <SectionRow title={t("fields.phone")} value={store.phone} />
      <SectionRow title={t("fields.taxNumber")} value={store.tax_number} />
      <SectionRow title={t("fields.address")} value={addressLines(store.address).join("\n") || null} />
      <SectionRow
        title={t("fields.stockLocations")}
        value={
          store.stock_location_ids.length > 0 ? (
            <div className="flex flex-col">
              {store.stock_location_ids.map((id) => (
                <CoreName key={id} kind="stock-location" id={id} />
              ))}
            </div>
          ) : (
            "–"
          )
        }
      />
      <SectionRow
        title={t("fields.portalChannel")}
        value={store.sales_channel_id ? <CoreName kind="sales-channel" id={store.sales_channel_id} /> : "–"}
      />
    </Section>
  )
}

/** How documents are numbered, invoiced and due. */
export function NumberingSection() {
  const t = useT()
  const termsText = useTermsText()
  const { store } = useWholesale()
  return (
    <Section
      title={t("settings.documents")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="numbering">{t("actions.edit")}</Link>
        </Button>
      }
    >
      <SectionRow title={t("settings.orderNumbers")} value={store.order_number_pattern} />
      <SectionRow title={t("settings.purchaseOrderNumbers")} value={store.purchase_order_number_pattern} />
      <SectionRow title={t("settings.invoiceNumbers")} value={store.invoice_number_pattern} />
      <SectionRow title={t("settings.creditNoteNumbers")} value={store.credit_note_number_pattern} />
      {store.invoice_series.map(({ series, pattern }) => (
        <SectionRow key={series} title={t("settings.numbersOfSeries", { series })} value={pattern} />
      ))}
      <SectionRow title={t("settings.invoiceOn")} value={t(`invoiceOn.${store.invoice_on}`)} />
      <SectionRow
        title={t("settings.invoiceConsolidation")}
        value={t(`invoiceConsolidation.${store.invoice_consolidation}`)}
      />
      <SectionRow
        title={t("settings.defaultTerms")}
        value={termsText(store.default_terms)}
      />
      <SectionRow
        title={t("settings.defaultLimit")}
        value={
          store.default_credit && store.default_credit.credit_limit !== null
            ? amountText(Number(store.default_credit.credit_limit), store.currency_code)
            : t("credit.unlimited")
        }
      />
    </Section>
  )
}
