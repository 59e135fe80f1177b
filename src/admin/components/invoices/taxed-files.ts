import type { useT } from "../../hooks/use-t"
import type { FileOffer } from "../detail/downloads"

/** The formats in which an invoice or a credit note is sent. */
export function taxedFiles(t: ReturnType<typeof useT>, path: string, asEInvoice = true): FileOffer[] {
  return [
    { label: t("downloads.pdf"), path: `${path}/pdf` },
    ...(asEInvoice
      ? [
          { label: t("downloads.facturX"), path: `${path}/factur-x` },
          { label: t("downloads.ubl"), path: `${path}/ubl` },
        ]
      : []),
  ]
}
