import type { BankAccount } from "../../model/party"
import type { TaxSummaryRow } from "../../model/tax"
import { space, type Block } from "../layout/block"
import { textBlock } from "../layout/text-block"
import { BODY, CAPTION, SMALL, type Sheet } from "../sheet"
import { isolated } from "../text/runs"

/** Stands above what it is the caption of, and on its page. */
export const captionBlock = ({ canvas, width }: Sheet, caption: string): Block => ({
  ...textBlock(canvas, caption, { width, style: CAPTION }),
  keepWithNext: true,
})

/** A caption with text below it, which may go on over the page. */
export function section(sheet: Sheet, caption: string | null, texts: readonly string[]): Block[] {
  if (texts.length === 0) {
    return []
  }
  const { canvas, width } = sheet
  const head = caption ? [captionBlock(sheet, caption)] : []
  return [...head, ...texts.map((text) => textBlock(canvas, text, { width, style: caption ? BODY : SMALL })), space(8)]
}

/** Why a rate of tax was not taken, once for each reason. */
export function exemptionTexts(sheet: Sheet, rows: readonly TaxSummaryRow[]): string[] {
  const texts = rows.flatMap(({ exemption }) =>
    exemption
      ? [
          exemption.certificate_number
            ? `${exemption.reason} (${sheet.labels.certificate(exemption.certificate_number)})`
            : exemption.reason,
        ]
      : []
  )
  return [...new Set(texts)]
}

export function bankTexts({ labels }: Sheet, accounts: readonly BankAccount[]): string[] {
  return accounts.map(({ account_number, bic, bank_name, holder }) =>
    [
      holder && isolated(holder),
      bank_name && `${labels.bank}: ${isolated(bank_name)}`,
      `${labels.account_number}: ${account_number}`,
      bic && `${labels.bic}: ${bic}`,
    ]
      .filter(Boolean)
      .join(" · ")
  )
}
