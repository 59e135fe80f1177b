import { WholesaleError } from "../../lib/errors/wholesale-error"
import type { TaxedDocument } from "../model/invoice"

/** What keeps a document from being an e-invoice. */
export interface Problem {
  /** Of the snapshot: `seller.address.country_code`. */
  readonly field: string
  /** The business term or rule of EN 16931 that asks for it. */
  readonly rule: string
  readonly reason: string
}

export type AnyTaxedDocument = TaxedDocument & { readonly kind: "invoice" | "pro_forma" | "credit_note" }

/** Collects what is wrong, so that everything is said at once. */
export class Problems {
  private readonly found: Problem[] = []

  add(field: string, rule: string, reason: string): void {
    this.found.push({ field, rule, reason })
  }

  /** @throws WholesaleError 422 `no_e_invoice` naming every problem, where there is one */
  throwIfAny(document: AnyTaxedDocument): void {
    if (this.found.length === 0) {
      return
    }
    const sentences = this.found.map(({ field, rule, reason }) => `${field} ${reason} (${rule})`)
    throw new WholesaleError(
      422,
      "no_e_invoice",
      `No e-invoice by EN 16931 can be made of ${nameOf(document)}: ${sentences.join("; ")}.`,
      { document: document.number, problems: this.found }
    )
  }
}

export const nameOf = ({ kind, number }: AnyTaxedDocument): string =>
  `${kind === "credit_note" ? "credit note" : kind === "pro_forma" ? "pro forma invoice" : "invoice"} ${number}`
