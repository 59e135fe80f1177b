import { WHOLESALE_INVOICE } from "../../../../modules/wholesale-invoice"
import type { DunningLevel } from "../../../../modules/wholesale-invoice/persistence/dunning/levels"
import type WholesaleInvoiceModuleService from "../../../../modules/wholesale-invoice/service"
import { dunningLevels } from "../../../../schemas/invoices"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { SALES } from "../../../route-kit/flag-gate"
import { ok } from "../../../route-kit/route-answer"
import { amountNumber } from "../../../views/amounts"

export const GET = adminRead({
  flags: SALES,
  handler: async ({ container, store }) =>
    answer(
      await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .dunningLevels({ store_id: store.id })
    ),
})

/** Replaces the levels; none of them: nobody is reminded. */
export const POST = adminWrite({
  flags: SALES,
  body: dunningLevels,
  handler: async ({ container, store, actor, body }) =>
    answer(
      await container
        .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
        .setDunningLevels({ ...body, store_id: store.id, actor, currency_code: store.currency_code })
    ),
})

function answer(levels: readonly DunningLevel[]) {
  return ok({
    dunning_levels: levels.map(({ fee, interest_percent, ...level }) => ({
      ...level,
      fee: fee === null ? null : amountNumber(fee),
      interest_percent: interest_percent === null ? null : Number(interest_percent),
    })),
    count: levels.length,
  })
}
