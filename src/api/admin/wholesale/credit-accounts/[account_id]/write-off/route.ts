import { writeOffCredit } from "../../../../../../schemas/credit"
import { creditCorrection } from "../../../../../route-kit/credit-correction"

/** Lets go of a debt that no invoice stands for; never more than the account owes. */
export const POST = creditCorrection("writeOff", writeOffCredit)
