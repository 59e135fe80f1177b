import { storeTaxedDocumentRoute } from "../../../../../route-kit/taxed-document"

export const POST = storeTaxedDocumentRoute("credit_note")
