import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { UpdateStoreBody } from "../../lib/types/requests"
import type { Store } from "../../lib/types/store"
import { ActionDialog } from "../dialog/action-dialog"
import { TextareaField, TextField } from "../dialog/fields"
import { LogoField } from "./logo-field"

/** Changes what the store prints on its documents besides its profile. */
export function PrintDialog() {
  const t = useT()
  const { store } = useWholesale()
  const [logo, setLogo] = useState(store.logo_file_id)
  const [texts, setTexts] = useState(() => textsOf(store))
  const text = (name: keyof typeof texts) => ({
    value: texts[name],
    onChange: (typed: string) => setTexts({ ...texts, [name]: typed }),
  })
  return (
    <ActionDialog
      title={t("settings.print")}
      description={t("settings.printHint")}
      submitLabel={t("actions.save")}
      ready={texts.locale.trim() !== ""}
      call={() => ({ path: `stores/${store.id}`, body: bodyOf(texts, logo) })}
    >
      <TextField name="registration_number" label={t("settings.registrationNumber")} optional {...text("registration")} />
      <TextField name="bank_account.holder" label={t("settings.accountHolder")} optional {...text("holder")} />
      <TextField name="bank_account.account_number" label={t("settings.accountNumber")} optional {...text("account")} />
      <TextField name="bank_account.bic" label={t("settings.bic")} optional {...text("bic")} />
      <LogoField value={logo} onChange={setLogo} />
      <TextField
        name="brand_color"
        label={t("settings.brandColor")}
        hint={t("settings.brandColorHint")}
        optional
        {...text("color")}
      />
      <TextField name="locale" label={t("settings.locale")} hint={t("settings.localeHint")} required {...text("locale")} />
      <TextareaField name="footer_note" label={t("settings.footerNote")} optional {...text("footer")} />
    </ActionDialog>
  )
}

const textsOf = ({ registration_number, bank_account, brand_color, locale, footer_note }: Store) => ({
  registration: registration_number ?? "",
  holder: bank_account?.holder ?? "",
  account: bank_account?.account_number ?? "",
  bic: bank_account?.bic ?? "",
  color: brand_color ?? "",
  locale,
  footer: footer_note ?? "",
})

function bodyOf(texts: ReturnType<typeof textsOf>, logo: string | null): UpdateStoreBody {
  const known = (text: string) => text.trim() || null
  const account_number = known(texts.account)
  return {
    registration_number: known(texts.registration),
    bank_account:
      account_number === null ? null : { holder: known(texts.holder), account_number, bic: known(texts.bic) },
    logo_file_id: logo,
    brand_color: known(texts.color),
    locale: texts.locale.trim(),
    footer_note: known(texts.footer),
  }
}
