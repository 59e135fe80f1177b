import { generateEntityId } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

import type { adjustCredit } from "../../schemas/credit"
import { correctCreditWorkflow, type CorrectCreditInput } from "../../workflows/credit/correct-credit"
import { creditEntryView } from "../views/credit"
import { adminWrite } from "./admin-route"
import { SALES } from "./flag-gate"
import { created } from "./route-answer"

/** The route of a correction of what an account owes; the entry it made is answered. */
export function creditCorrection<Body extends z.ZodType<z.output<typeof adjustCredit>>>(
  kind: CorrectCreditInput["kind"],
  body: Body
) {
  return adminWrite<Body>({
    flags: SALES,
    body,
    handler: async ({ container, store, actor, params, body: { amount, reason }, request_key }) => {
      const { account_id } = params
      const { result } = await correctCreditWorkflow(container).run({
        input: {
          kind,
          store_id: store.id,
          account_id,
          amount,
          reason,
          key: `correction:${request_key ?? generateEntityId()}`,
          reference: { type: "account", id: account_id },
          actor,
        },
      })
      return created({ entry: creditEntryView(result) })
    },
  })
}
