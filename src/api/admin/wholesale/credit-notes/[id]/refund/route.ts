import { refundRoute } from "../../../../../route-kit/credit-verbs"

export const POST = refundRoute("credit_note")
