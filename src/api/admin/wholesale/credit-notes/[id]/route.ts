import { adminRead } from "../../../../route-kit/admin-route"
import { SALES } from "../../../../route-kit/flag-gate"
import { ok } from "../../../../route-kit/route-answer"
import { creditNoteDetail } from "../../../../views/invoice"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store, params }) =>
    ok({ credit_note: await creditNoteDetail(container, store.id, params.id) }),
})
