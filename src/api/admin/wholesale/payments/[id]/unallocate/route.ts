import { unallocateRoute } from "../../../../../route-kit/credit-verbs"

export const POST = unallocateRoute("payment")
