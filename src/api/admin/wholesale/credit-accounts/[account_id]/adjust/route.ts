import { adjustCredit } from "../../../../../../schemas/credit"
import { creditCorrection } from "../../../../../route-kit/credit-correction"

/** Corrects what the account owes; more than zero raises it. */
export const POST = creditCorrection("adjust", adjustCredit)
