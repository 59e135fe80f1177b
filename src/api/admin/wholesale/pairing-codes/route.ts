import { derivedId } from "../../../../lib/ids/derived-id"
import { WHOLESALE_CONNECTION } from "../../../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../../../modules/wholesale-connection/service"
import { generatePairingCode, listPairingCodes } from "../../../../schemas/connections"
import { generateRelayCodeWorkflow } from "../../../../workflows/connection/relay/generate-relay-code"
import { adminRead, adminWrite } from "../../../route-kit/admin-route"
import { CONNECTIONS } from "../../../route-kit/flag-gate"
import { listConfig, page } from "../../../route-kit/list-options"
import { created, ok } from "../../../route-kit/route-answer"
import { requireMode } from "../../../route-kit/store-mode"

/** Codes of the store; only an active one shows what is to be read out. */
export const GET = adminRead({
  flags: CONNECTIONS,
  query: listPairingCodes,
  handler: async ({ container, store, query }) => {
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    const [[rows, count], active] = await Promise.all([
      connections.listAndCountWholesalePairingCodes(
        { store_id: store.id, ...(query.status && { status: query.status }) },
        {
          ...listConfig(query, ["created_at", "expires_at", "status", "id"]),
          select: ["id", "status", "transport", "expires_at", "used_at", "created_at"],
        }
      ),
      connections.activePairingCodes(store.id),
    ])
    const codes = new Map(active.map(({ id, code }) => [id, code]))
    return ok(
      page(
        "pairing_codes",
        rows.map((row) => ({ ...row, code: codes.get(row.id) ?? null })),
        count,
        query
      )
    )
  },
})

/** Makes a code to be read out; asked again under the same `Idempotency-Key`, the same one while it lives. */
export const POST = adminWrite({
  flags: CONNECTIONS,
  body: generatePairingCode,
  answers_secret: true,
  handler: async ({ container, store, actor, body, request_key }) => {
    requireMode(store, "sell")
    const input = {
      store_id: store.id,
      actor,
      ...(request_key && { id: derivedId("whpair", store.id, request_key) }),
    }
    if (body.transport === "relay") {
      const { result } = await generateRelayCodeWorkflow(container).run({ input })
      return created({ pairing_code: result })
    }
    const connections = container.resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
    return created({ pairing_code: await connections.generatePairingCode(input) })
  },
})
