import type { ITaxModuleService, ItemTaxLineDTO, MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"

import { decimalString } from "../../lib/money/amount"
import type { AppliedExemption } from "../../modules/wholesale-order/domain/applied-exemption"
import type { Address } from "../../schemas/common"

/** The tax on a line: percent as a decimal string (`"7.25"`), zero where no rate applies. */
export interface TaxRate {
  readonly tax_rate: string
  readonly tax_code: string | null
  readonly tax_name: string | null
}

export interface TaxedLine {
  readonly key: string
  readonly product_id: string
  readonly product_type_id?: string
  readonly quantity: number
  readonly unit_price: string
}

export type TaxAddress = Pick<Address, "country_code" | "province" | "postal_code" | "city" | "address_1">

const UNTAXED: TaxRate = { tax_rate: "0", tax_code: null, tax_name: null }

/**
 * The tax of every line. Under an exemption none, with its code, reason and certificate in the place of
 * the rate's; else Medusa's tax module is asked for the rates at the ship-to address, in one call. Rates
 * that Medusa combines on one line (a province's on top of its country's) are added up and named together,
 * so that the document shows one rate a line. Where the country has no tax region nothing is taxed.
 */
export async function calculateTaxRates(
  container: MedusaContainer,
  {
    ship_to,
    lines,
    exemption,
  }: {
    readonly ship_to: TaxAddress
    readonly lines: readonly TaxedLine[]
    readonly exemption?: AppliedExemption
  }
): Promise<Map<string, TaxRate>> {
  if (exemption) {
    const exempt = exemptRate(exemption)
    return new Map(lines.map(({ key }) => [key, exempt]))
  }
  const taxLines = await container.resolve<ITaxModuleService>(Modules.TAX).getTaxLines(
    lines.map((line) => ({
      id: line.key,
      product_id: line.product_id,
      product_type_id: line.product_type_id,
      quantity: line.quantity,
      unit_price: line.unit_price,
    })),
    taxContext(ship_to)
  )
  const byLine = new Map<string, ItemTaxLineDTO[]>()
  for (const taxLine of taxLines) {
    if ("line_item_id" in taxLine) {
      byLine.set(taxLine.line_item_id, [...(byLine.get(taxLine.line_item_id) ?? []), taxLine])
    }
  }
  return new Map(lines.map(({ key }) => [key, combine(byLine.get(key) ?? [])]))
}

/**
 * The tax of what is charged beside the goods, as the tax module takes it of shipping: the default rate of
 * the address, since no charge is a shipping option that a rate could name. Under an exemption none.
 */
export async function calculateChargeTaxRate(
  container: MedusaContainer,
  { ship_to, exemption }: { readonly ship_to: TaxAddress; readonly exemption?: AppliedExemption }
): Promise<TaxRate> {
  if (exemption) {
    return exemptRate(exemption)
  }
  const taxLines = await container
    .resolve<ITaxModuleService>(Modules.TAX)
    .getTaxLines([{ id: CHARGE, shipping_option_id: CHARGE }], taxContext(ship_to))
  return combine(taxLines)
}

/** Names a charge to the tax module; no row of core's has this id. */
const CHARGE = "wholesale_charge"

function exemptRate({ category, reason, certificate_number }: AppliedExemption): TaxRate {
  return { tax_rate: "0", tax_code: category, tax_name: `${reason} (${certificate_number})` }
}

function taxContext({ country_code, province, postal_code, city, address_1 }: TaxAddress) {
  return { address: { country_code, province_code: province ?? null, postal_code, city, address_1 } }
}

function combine(rates: readonly Pick<ItemTaxLineDTO, "rate" | "code" | "name">[]): TaxRate {
  if (rates.length === 0) {
    return UNTAXED
  }
  const codes = rates.map(({ code }) => code).filter((code): code is string => Boolean(code))
  return {
    tax_rate: decimalString(MathBN.sum(0, ...rates.map(({ rate }) => rate ?? 0))),
    tax_code: codes.join("+") || null,
    tax_name: rates.map(({ name }) => name).join(" + "),
  }
}
