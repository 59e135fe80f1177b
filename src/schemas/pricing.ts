import { z } from "@medusajs/framework/zod"

import { CHARGE_KINDS } from "../lib/charges/charge"
import { currencyCode, fulfilmentMethod, nonNegativeAmount, paymentTerms, positiveAmount, text } from "./common"
import { defaultCredit } from "./credit"

const tier = {
  /** Net amount of the goods; null: never, 0: always. In the tier's currency, as the credit rules. */
  free_shipping_from: nonNegativeAmount.nullable().optional(),
  default_terms: paymentTerms.nullable().optional(),
  default_credit: defaultCredit.nullable().optional(),
}

export const createPriceTier = z.strictObject({ name: text(200), ...tier })
export const updatePriceTier = z.strictObject({ name: text(200).optional(), ...tier })

const charge = {
  /** Null: every method; of shipping those by which goods are brought. */
  fulfilment_method: fulfilmentMethod.nullable().optional(),
  active: z.boolean().optional(),
}

export const createChargeRule = z.strictObject({
  kind: z.enum(CHARGE_KINDS),
  name: text(200),
  amount: positiveAmount,
  /** The store's where it is left out. */
  currency_code: currencyCode.optional(),
  ...charge,
})
export const updateChargeRule = z.strictObject({
  name: text(200).optional(),
  amount: positiveAmount.optional(),
  ...charge,
})
