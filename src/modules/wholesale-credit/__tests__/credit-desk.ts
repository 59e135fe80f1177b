import type { Actor } from "../../../lib/actor/actor"
import type { WholesaleCreditModuleService } from ".."
import type { CreditSettings } from "../../../lib/credit-rules/credit-settings"
import type { ReserveInput } from "../holds/request"

export const SELLER: Actor = { actor_type: "user", actor_id: "user_1" }
export const STORE = "whstore_1"
export const ACCOUNT = "whacc_1"

/** The verbs as the tests say them: an order's reservation is named after it, and so are its keys. */
export function creditDesk(service: WholesaleCreditModuleService) {
  const of = (account_id: string) => ({ store_id: STORE, account_id, actor: SELLER })
  const about = (order: string, verb: string, account_id = ACCOUNT) => ({
    ...of(account_id),
    key: `${verb}:${order}`,
    reservation_key: `reserve:${order}`,
    reference: { type: "order", id: order },
  })
  return {
    about,
    open: (settings: Partial<CreditSettings> = {}, account_id = ACCOUNT, currency_code = "usd") => {
      const { credit_limit, ...rest } = settings
      return service.openCreditAccount({ ...of(account_id), currency_code, limit: credit_limit, settings: rest })
    },
    change: (changes: Partial<CreditSettings>, account_id = ACCOUNT) =>
      service.updateSettings({ ...of(account_id), changes }),
    order: (order: string, amount: string, input: Partial<ReserveInput> = {}) => {
      const { reservation_key: key, reference, ...who } = about(order, "reserve", input.account_id)
      return service.reserve({ ...who, reference, amount, ...input, key })
    },
    owes: (amount: string, account_id = ACCOUNT) =>
      service.adjust({ ...about(`opening:${account_id}`, "adjust", account_id), amount, reason: "Opening balance" }),
    pays: (payment: string, amount: string, account_id = ACCOUNT) =>
      service.recordEntry({ ...about(payment, "payment", account_id), kind: "payment", amount }),
    recheck: (input: Partial<Parameters<WholesaleCreditModuleService["recheck"]>[0]> = {}) =>
      service.recheck({ ...of(ACCOUNT), ...input }),
    totals: async (account_id = ACCOUNT) => {
      const { balance, reserved, exposure } = await service.exposure({ store_id: STORE, account_id })
      return { balance, reserved, exposure }
    },
    /** What holds an order now, as `kind basis`. */
    holding: async (order: string) => {
      const [waiting] = await service.waitingOrders({ store_id: STORE, order_ids: [order] })
      return waiting?.holds.map(({ kind, basis }) => `${kind} ${basis}`) ?? []
    },
    /** The order's ledger: kind and what it moved. */
    entriesOf: async (order: string, account_id = ACCOUNT) => {
      const { entries } = await service.listEntries({ store_id: STORE, account_id }, { limit: 1000 })
      return entries
        .filter(({ reference_id }) => reference_id === order)
        .map(({ kind, balance_delta, reserved_delta }) => `${kind} ${balance_delta} ${reserved_delta}`)
        .reverse()
    },
  }
}
