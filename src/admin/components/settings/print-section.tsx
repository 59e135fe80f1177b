import { SectionRow } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { Section } from "../detail/section"

/** What the store prints on its documents besides its profile. */
export function PrintSection() {
  const t = useT()
  const { store } = useWholesale()
  const { bank_account, brand_color } = store
  return (
    <Section
      title={t("settings.print")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="print">{t("actions.edit")}</Link>
        </Button>
      }
    >
      <SectionRow title={t("settings.registrationNumber")} value={store.registration_number} />
      <SectionRow
        title={t("settings.bankAccount")}
        value={[bank_account?.holder, bank_account?.account_number, bank_account?.bic].filter(Boolean).join("\n") || null}
      />
      <SectionRow title={t("settings.logo")} value={t(store.logo_file_id ? "settings.logoKept" : "settings.logoNone")} />
      <SectionRow title={t("settings.brandColor")} value={brand_color ? <ColorSample color={brand_color} /> : "–"} />
      <SectionRow title={t("settings.locale")} value={store.locale} />
      <SectionRow title={t("settings.footerNote")} value={store.footer_note} />
    </Section>
  )
}

function ColorSample({ color }: { color: string }) {
  return (
    <span className="inline-flex items-center gap-x-2">
      <span aria-hidden className="border-ui-border-base size-4 rounded border" style={{ backgroundColor: color }} />
      {color}
    </span>
  )
}
