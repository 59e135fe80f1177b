import { WHOLESALE_STORE } from "../../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../../modules/wholesale-store/service"
import { reconcileWorkflow } from "../../../../workflows/reconcile/reconcile"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { ANY_TRADE } from "../../../route-kit/flag-gate"
import { ok } from "../../../route-kit/route-answer"
import { booksCheckView, differenceView } from "../../../views/reconciliation"

/** What comparing the store's books found last, by night or by hand; null before the first time. */
export const GET = adminRead({
  flags: ANY_TRADE,
  handler: async ({ container, store }) => {
    const check = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .latestBooksCheck(store.id)
    return ok({ books_check: check ? booksCheckView(check) : null })
  },
})

/**
 * Finishes at once what the sweeper would finish within a minute, and compares the store's books.
 * What was put right for other stores meanwhile is theirs to know.
 */
export const POST = adminWrite({
  flags: ANY_TRADE,
  handler: async ({ container, store }) => {
    const { result } = await reconcileWorkflow(container).run({ input: { store_id: store.id } })
    const { repaired, differences } = result
    return ok({
      reconciliation: {
        repaired: repaired.filter(({ store_id }) => store_id === store.id).map(({ done }) => done),
        differences: (differences ?? []).map(differenceView),
      },
    })
  },
})
