import { storedTaxedDocument } from "../../../../../route-kit/taxed-document"

export const POST = storedTaxedDocument("invoice")
