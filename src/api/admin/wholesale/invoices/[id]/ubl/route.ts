import { taxedDocument } from "../../../../../route-kit/taxed-document"

export const GET = taxedDocument("invoice", "ubl")
