import { WHOLESALE_EXCHANGE } from "../../../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../../../modules/wholesale-exchange/service"
import { listReceivedDocuments } from "../../../../schemas/connections"
import { adminRead } from "../../../route-kit/admin-route"
import { ANY_TRADE } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { ok } from "../../../route-kit/route-answer"
import { receivedDocumentViews } from "../../../views/relay"

/** What partners sent, and what became of it; the contents stay where they are. */
export const GET = adminRead({
  flags: ANY_TRADE,
  query: listReceivedDocuments,
  handler: async ({ container, store, query }) => {
    const { status, connection_id } = query
    const [rows, count] = await container
      .resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
      .listAndCountWholesaleInboxDocuments(
        { store_id: store.id, ...(status && { status }), ...(connection_id && { connection_id }) },
        {
          ...listConfig(query, ["created_at", "issued_at", "id"]),
          select: [
            "id",
            "connection_id",
            "document_type",
            "document_id",
            "revision",
            "incarnation",
            "issued_at",
            "status",
            "error",
            "attempts",
            "next_attempt_at",
            "applied_at",
            "created_at",
          ],
        }
      )
    return ok(page("received_documents", await receivedDocumentViews(container, store.id, rows), count, query))
  },
})
