import type { z } from "@medusajs/framework/zod"

import type * as catalog from "../../../schemas/catalog"
import type * as connections from "../../../schemas/connections"
import type * as credit from "../../../schemas/credit"
import type * as invoices from "../../../schemas/invoices"
import type * as orders from "../../../schemas/orders"
import type * as pricing from "../../../schemas/pricing"
import type * as purchaseOrders from "../../../schemas/purchase-orders"
import type * as stores from "../../../schemas/stores"

// What the API takes, from the schemas that it checks requests with.

export type CreateOrderBody = z.input<typeof orders.createOrder>
export type EditOrderBody = z.input<typeof orders.editOrder>
export type ShipOrderBody = z.input<typeof orders.shipOrder>
export type CreatePurchaseOrderBody = z.input<typeof purchaseOrders.createPurchaseOrder>
export type UpdatePurchaseOrderBody = z.input<typeof purchaseOrders.updatePurchaseOrder>
export type ReceiveBody = z.input<typeof purchaseOrders.receivePurchaseOrder>
export type UpsertItemsBody = z.input<typeof catalog.upsertItems>
export type MapSkusBody = z.input<typeof catalog.mapSkus>
export type ConsolidateInvoicesBody = z.input<typeof invoices.consolidateInvoices>
export type CreditNoteBody = z.input<typeof invoices.issueCreditNote>
export type UpdateCreditAccountBody = z.input<typeof credit.updateCreditAccount>
export type CreateCreditGroupBody = z.input<typeof credit.createCreditGroup>
export type UpdateCreditGroupBody = z.input<typeof credit.updateCreditGroup>
export type DecideOrderCreditBody = z.input<typeof credit.decideOrderCredit>
export type ApproveConnectionBody = z.input<typeof connections.approveConnection>
export type GeneratePairingCodeBody = z.input<typeof connections.generatePairingCode>
export type RequestConnectionBody = z.input<typeof connections.requestConnection>
export type SetRelayBody = z.input<typeof connections.setRelay>
export type CreatePriceTierBody = z.input<typeof pricing.createPriceTier>
export type CreateChargeRuleBody = z.input<typeof pricing.createChargeRule>
export type UpdateStoreBody = z.input<typeof stores.updateStore>
