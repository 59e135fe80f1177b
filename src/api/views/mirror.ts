import type { Mirror } from "../../modules/wholesale-invoice/persistence/mirrors/mirrors"
import { amountNumber } from "./amounts"

export function mirrorView(mirror: Mirror, accountName: string | null) {
  return {
    ...mirror,
    account_name: accountName,
    total: amountNumber(mirror.total),
    refunded_total: amountNumber(mirror.refunded_total),
  }
}
