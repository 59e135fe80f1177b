import { randomBytes } from "node:crypto"

import { moduleIntegrationTestRunner } from "@medusajs/test-utils"

import { generateEd25519 } from "../../../lib/crypto/ed25519"
import { startSession } from "../../../lib/crypto/session/state"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"

jest.setTimeout(60_000)

const RELAY = "https://relay.example.com"
const LEFT = { id: "whcon_distributor", store_id: "distributor" }
const RIGHT = { id: "whcon_retailer", store_id: "retailer" }

moduleIntegrationTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: randomBytes(32).toString("base64") },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service }) => {
    beforeEach(async () => {
      await service.setRelay({ store_id: LEFT.store_id, relay_url: RELAY })
      await service.setRelay({ store_id: RIGHT.store_id, relay_url: RELAY })
      const [left, right] = [await service.relayKeys(LEFT.store_id), await service.relayKeys(RIGHT.store_id)]
      const common = { root_key: randomBytes(32), connection_id: randomBytes(16).toString("hex"), now_ms: Date.now() }
      const open = async (
        ref: typeof LEFT,
        role: "distributor" | "retailer",
        partner: typeof left,
        partnerId: string
      ) =>
        await service.openChannel({
          ...ref,
          role,
          relay_url: RELAY,
          partner_id: partnerId,
          partner_identity_key: partner.identity.public_key.toString("base64url"),
          verifier: "1234-5678",
          receive_id: `mailbox of ${ref.store_id}`,
          send_id: "theirs",
          send_key: generateEd25519(),
          session: startSession({ ...common, role }),
        })
      await open(LEFT, "distributor", right, "retailer")
      await open(RIGHT, "retailer", left, "distributor")
    })

    const document = (revision: number, type = "order", body: Record<string, unknown> = {}) => ({
      type,
      id: "doc_1",
      revision,
      incarnation: 1,
      issued_at: "2026-11-30T10:00:00.000Z",
      body: { version: 1, revision, ...body },
    })
    const seal = async (ref: typeof LEFT, ...documents: ReturnType<typeof document>[]) =>
      await service.sealDocuments({ store_id: ref.store_id, channel_id: ref.id, documents })
    const outgoing = async (ref: typeof LEFT) => {
      const due = await service.dueMessages(ref.id)
      await service.markSent(due)
      return due.map(({ sealed }) => sealed)
    }
    const takeIn = async (ref: typeof LEFT, messages: Buffer[]) =>
      await service.takeInMessages({
        store_id: ref.store_id,
        receive_id: `mailbox of ${ref.store_id}`,
        messages,
      })
    const inbox = async () =>
      (await service.listWholesaleInboxDocuments({}, { order: { created_at: "ASC" } })).map(
        ({ document_type, revision, status, sender_id, connection_id }) => ({
          document_type,
          revision,
          status,
          sender_id,
          connection_id,
        })
      )

    it("carries documents once, acknowledges them, and empties the outbox", async () => {
      await seal(LEFT, document(1), document(2))
      const messages = await outgoing(LEFT)
      expect(messages).toHaveLength(2)
      expect(await takeIn(RIGHT, messages)).toMatchObject({ has_replies: true, inbox_ids: [expect.any(String), expect.any(String)] })
      expect(await takeIn(RIGHT, messages)).toMatchObject({ inbox_ids: [], has_replies: false })
      expect(await inbox()).toMatchObject([
        { document_type: "order", revision: 1, sender_id: "distributor", connection_id: RIGHT.id },
        { document_type: "order", revision: 2, sender_id: "distributor", connection_id: RIGHT.id },
      ])
      await takeIn(LEFT, await outgoing(RIGHT))
      expect(await service.retrieveChannel(LEFT)).toMatchObject({
        acknowledged_sequence: 2,
        sent_sequence: 2,
        queued: 0,
      })
    })
  },
})
