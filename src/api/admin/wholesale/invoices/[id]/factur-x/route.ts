import { taxedDocument } from "../../../../../route-kit/taxed-document"

export const GET = taxedDocument("invoice", "factur_x")
