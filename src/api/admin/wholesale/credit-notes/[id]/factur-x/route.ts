import { taxedDocument } from "../../../../../route-kit/taxed-document"

export const GET = taxedDocument("credit_note", "factur_x")
