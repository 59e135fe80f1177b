import { storedDocument } from "../../../../../route-kit/taxed-document"

export const POST = storedDocument("credit_note")
