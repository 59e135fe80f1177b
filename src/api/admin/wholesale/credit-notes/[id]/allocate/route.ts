import { allocateRoute } from "../../../../../route-kit/credit-verbs"

export const POST = allocateRoute("credit_note")
