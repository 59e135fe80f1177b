import type { CreateOrderAddressDTO, CreateOrderDTO, CreateOrderLineItemDTO } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"

import { isCharge, type InvoiceLineKind } from "../../lib/charges/charge"
import { WholesaleError } from "../../lib/errors/wholesale-error"
import { type Amount, decimalString, roundAmount } from "../../lib/money/amount"

export interface InvoiceSnapshotLine {
  readonly kind: InvoiceLineKind
  readonly sku: string
  readonly title: string
  readonly quantity: number
  /** Net, in major units; may have more digits than the currency. */
  readonly unit_price: string
  /** quantity × unit price, rounded once. */
  readonly subtotal: Amount
  /** Percent, `"7.25"`. */
  readonly tax_rate: string
  readonly product_id?: string | null
  readonly variant_id?: string | null
}

export interface InvoiceSnapshotTax {
  readonly rate: string
  readonly code: string
  readonly name?: string | null
  readonly base: Amount
  readonly tax: Amount
}

export interface InvoiceSnapshotAddress {
  readonly company?: string | null
  readonly first_name?: string | null
  readonly last_name?: string | null
  readonly address_1?: string | null
  readonly address_2?: string | null
  readonly city?: string | null
  readonly postal_code?: string | null
  readonly province?: string | null
  readonly country_code?: string | null
  readonly phone?: string | null
}

/** What a fully paid invoice says about one of its orders: all that a core order is made from. */
export interface InvoiceSnapshot {
  readonly invoice_id: string
  readonly order_id: string
  readonly store_id: string
  readonly numbers: {
    readonly invoice: string
    readonly order: string
    readonly purchase_order?: string | null
  }
  readonly currency_code: string
  readonly lines: readonly InvoiceSnapshotLine[]
  readonly tax_summary: readonly InvoiceSnapshotTax[]
  readonly total: Amount
  readonly ship_to?: InvoiceSnapshotAddress | null
  readonly bill_to?: InvoiceSnapshotAddress | null
  readonly customer: {
    readonly account_id: string
    /** Whether a registered customer who verified the e-mail may be found for an account without one. */
    readonly match_member?: boolean
    /** The account's core customer, where it has one. */
    readonly id?: string | null
    readonly email?: string | null
    readonly company: string
  }
}

/** Marks core orders, in their metadata, as made by this plugin. */
export const MIRROR_SOURCE = "medusa-wholesale"

/** Code of the tax line that carries the difference between the lines' taxes and the invoice's. */
export const ROUNDING_TAX_CODE = "rounding"

type Decimal = ReturnType<typeof MathBN.convert>

/**
 * The content of the core order that mirrors an invoice.
 *
 * Core adds up quantity × unit price and its tax line by line and rounds nothing, the invoice rounds
 * each line and each tax rate once. So rounding lines follow the goods; with them core's subtotal, tax
 * total and total are the invoice's to the last digit. One carries the tax difference at 100 %, the
 * other takes its price out again together with what the lines themselves were rounded by; both are
 * missing where there is nothing to round.
 *
 * Shipping and handling are lines of it too: a shipping method of core's is one of its shipping options,
 * which no wholesale charge is.
 *
 * Goods lines name no variant: core would reserve a managed variant's stock again. SKU, title and
 * product stay, the variant's id is kept in the line's metadata.
 *
 * @throws WholesaleError 422 `invoice_does_not_add_up` when lines and taxes are not the total
 */
export function coreOrderSnapshot(invoice: InvoiceSnapshot): CreateOrderDTO {
  assertAddsUp(invoice)
  const { customer, numbers } = invoice
  return {
    status: "completed",
    currency_code: invoice.currency_code.toLowerCase(),
    email: customer.email ?? undefined,
    no_notification: true,
    items: [...invoice.lines.map((line) => invoiceLine(line, invoice)), ...roundingLines(invoice)],
    shipping_address: coreAddress(invoice.ship_to, customer.company),
    billing_address: coreAddress(invoice.bill_to, customer.company),
    metadata: {
      source: MIRROR_SOURCE,
      type: "wholesale_invoice",
      wholesale_invoice_id: invoice.invoice_id,
      wholesale_order_id: invoice.order_id,
      wholesale_store_id: invoice.store_id,
      wholesale_invoice_number: numbers.invoice,
      wholesale_order_number: numbers.order,
      wholesale_purchase_order_number: numbers.purchase_order ?? null,
    },
  }
}

function invoiceLine(line: InvoiceSnapshotLine, { tax_summary }: InvoiceSnapshot): CreateOrderLineItemDTO {
  const tax = tax_summary.find(({ rate }) => MathBN.eq(rate, line.tax_rate))
  return {
    title: line.title,
    variant_sku: line.sku || undefined,
    product_id: line.product_id ?? undefined,
    product_title: line.title,
    quantity: line.quantity,
    unit_price: decimalString(line.unit_price),
    tax_lines: MathBN.eq(line.tax_rate, 0)
      ? []
      : [
          {
            code: tax?.code || decimalString(line.tax_rate),
            description: tax?.name ?? undefined,
            rate: decimalString(line.tax_rate),
          },
        ],
    ...UNTOUCHED_BY_RETAIL,
    metadata: isCharge(line.kind)
      ? { charge: line.kind }
      : { sku: line.sku, variant_id: line.variant_id ?? null },
  }
}

function roundingLines({ lines, tax_summary }: InvoiceSnapshot): CreateOrderLineItemDTO[] {
  const unrounded = lines.map(({ quantity, unit_price }) => MathBN.mult(quantity, unit_price))
  const unroundedTaxes = lines.map(({ tax_rate }, index) =>
    MathBN.mult(unrounded[index], MathBN.div(tax_rate, 100))
  )
  const ofSubtotals = MathBN.sub(MathBN.sum(0, ...lines.map(({ subtotal }) => subtotal)), MathBN.sum(0, ...unrounded))
  const ofTaxes = MathBN.sub(MathBN.sum(0, ...tax_summary.map(({ tax }) => tax)), MathBN.sum(0, ...unroundedTaxes))

  const taxLine = { code: ROUNDING_TAX_CODE, description: "Rounding", rate: "100" }
  return [
    roundingLine("Rounding of taxes", ofTaxes, [taxLine]),
    roundingLine("Rounding", ofSubtotals.minus(ofTaxes), []),
  ].flat()
}

function roundingLine(
  title: string,
  price: Decimal,
  tax_lines: NonNullable<CreateOrderLineItemDTO["tax_lines"]>
): CreateOrderLineItemDTO[] {
  if (price.isZero()) {
    return []
  }
  return [
    {
      title,
      quantity: 1,
      unit_price: decimalString(price),
      tax_lines,
      ...UNTOUCHED_BY_RETAIL,
      metadata: { rounding: true },
    },
  ]
}

/** Nothing of a mirrored line is shipped, discounted or taxed by the retail side. */
const UNTOUCHED_BY_RETAIL = {
  requires_shipping: false,
  is_discountable: false,
  is_tax_inclusive: false,
} as const

function coreAddress(
  address: InvoiceSnapshotAddress | null | undefined,
  company: string
): CreateOrderAddressDTO | undefined {
  if (!address) {
    return undefined
  }
  return {
    company: address.company ?? company,
    first_name: address.first_name ?? undefined,
    last_name: address.last_name ?? undefined,
    address_1: address.address_1 ?? undefined,
    address_2: address.address_2 ?? undefined,
    city: address.city ?? undefined,
    postal_code: address.postal_code ?? undefined,
    province: address.province ?? undefined,
    country_code: address.country_code?.toLowerCase(),
    phone: address.phone ?? undefined,
  }
}

/** Rounding lines would hide a wrong total: they may only ever carry what rounding left over. */
function assertAddsUp({ invoice_id, numbers, currency_code, lines, tax_summary, total }: InvoiceSnapshot): void {
  const subtotal = MathBN.sum(0, ...lines.map((line) => line.subtotal))
  const tax_total = MathBN.sum(0, ...tax_summary.map(({ tax }) => tax))
  if (!MathBN.eq(MathBN.add(subtotal, tax_total), total)) {
    throw new WholesaleError(
      422,
      "invoice_does_not_add_up",
      `Invoice ${numbers.invoice} cannot be mirrored: its lines and taxes are not its total. Correct it by a credit note.`,
      {
        invoice_id,
        subtotal: roundAmount(subtotal, currency_code),
        tax_total: roundAmount(tax_total, currency_code),
        total,
      }
    )
  }
}
