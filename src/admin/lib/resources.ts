import type { Account } from "./types/accounts"
import type { CatalogItem, Supplier, SupplierItem } from "./types/catalog"
import type { Connection, PairingCode } from "./types/connections"
import type { CreditEntry, CreditGroup, CreditHold } from "./types/credit"
import type { Bill, Invoice, Mirror } from "./types/invoices"
import type { Order } from "./types/orders"
import type { ChargeRule, PriceTier } from "./types/pricing"
import type { PurchaseOrder } from "./types/purchase-orders"
import type {
  AccountPayment,
  CreditNoteDetail,
  CreditOnAccount,
  DunningLevel,
  OpenItem,
  ReceivableSettings,
} from "./types/receivables"
import type { ReceivedDocument } from "./types/relay"
import type { FeatureFlag, FlagChange, Member, SettingChange, Store } from "./types/store"

/** Where rows of one kind are found, and the members they come under in an answer. */
export interface Resource<Row> {
  readonly path: string
  readonly many: string
  readonly one: string
  /** Never set: it only ties the type of the rows to the resource. */
  readonly row?: Row
}

const resource = <Row>(path: string, many: string, one: string): Resource<Row> => ({ path, many, one })

export const resources = {
  accountChanges: (accountId: string) => resource<SettingChange>(`accounts/${accountId}/changes`, "changes", "change"),
  accounts: resource<Account>("accounts", "accounts", "account"),
  bills: resource<Bill>("bills", "bills", "bill"),
  chargeRules: resource<ChargeRule>("charge-rules", "charge_rules", "charge_rule"),
  catalogItems: resource<CatalogItem>("catalog/items", "items", "item"),
  connections: resource<Connection>("connections", "connections", "connection"),
  creditChanges: (accountId: string) =>
    resource<SettingChange>(`credit-accounts/${accountId}/changes`, "changes", "change"),
  creditEntries: (accountId: string) =>
    resource<CreditEntry>(`credit-accounts/${accountId}/entries`, "entries", "entry"),
  creditGroupChanges: (groupId: string) =>
    resource<SettingChange>(`credit-groups/${groupId}/changes`, "changes", "change"),
  creditGroups: resource<CreditGroup>("credit-groups", "credit_groups", "credit_group"),
  creditHolds: resource<CreditHold>("credit-holds", "credit_holds", "credit_hold"),
  creditOnAccount: (accountId: string) =>
    resource<CreditOnAccount>(`accounts/${accountId}/credit-on-account`, "credits", "credit"),
  creditNotes: resource<CreditNoteDetail>("credit-notes", "credit_notes", "credit_note"),
  dunningLevels: resource<DunningLevel>("dunning-levels", "dunning_levels", "dunning_level"),
  featureFlags: resource<FeatureFlag>("feature-flags", "feature_flags", "feature_flag"),
  flagChanges: resource<FlagChange>("feature-flags/changes", "changes", "change"),
  invoices: resource<Invoice>("invoices", "invoices", "invoice"),
  members: (storeId: string) => resource<Member>(`stores/${storeId}/members`, "members", "member"),
  mirrors: resource<Mirror>("mirrors", "mirrors", "mirror"),
  openItems: (accountId: string) =>
    resource<OpenItem>(`accounts/${accountId}/open-items`, "open_items", "open_item"),
  orders: resource<Order>("orders", "orders", "order"),
  pairingCodes: resource<PairingCode>("pairing-codes", "pairing_codes", "pairing_code"),
  payments: resource<AccountPayment>("payments", "payments", "payment"),
  priceTiers: resource<PriceTier>("price-tiers", "price_tiers", "price_tier"),
  purchaseOrders: resource<PurchaseOrder>("purchase-orders", "purchase_orders", "purchase_order"),
  receivableChanges: resource<SettingChange>("receivable-settings/changes", "changes", "change"),
  receivableSettings: resource<ReceivableSettings>(
    "receivable-settings",
    "receivable_settings",
    "receivable_settings"
  ),
  receivedDocuments: resource<ReceivedDocument>("received-documents", "received_documents", "received_document"),
  stores: resource<Store>("stores", "stores", "store"),
  supplierItems: (connectionId: string) =>
    resource<SupplierItem>(`suppliers/${connectionId}/catalog`, "items", "item"),
  suppliers: resource<Supplier>("suppliers", "suppliers", "supplier"),
}
