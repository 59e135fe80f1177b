import { asWholesaleError } from "../../../lib/errors/wholesale-error"
import { editLines, type KeptQuantity } from "../domain/edit-lines"

const line = (id: string, line_number: number, quantity: number) => ({
  id,
  line_number,
  sku: id.toUpperCase(),
  quantity,
  unit_price: "9.99",
  tax_rate: "7.25",
  tax_code: null,
  tax_name: null,
})
const cup = line("cup", 1, 3)
const plate = line("plate", 3, 10)
const order = { id: "whord_1", currency_code: "usd", lines: [cup, plate], charges: [] }
const bowl = { ...line("bowl", 0, 2), unit_price: "5" }

function refusal(kept: readonly KeptQuantity[], added: readonly (typeof bowl)[] = []) {
  try {
    editLines(order, kept, added, null)
  } catch (error) {
    return asWholesaleError(error)
  }
  return undefined
}

describe("editing an order's lines", () => {
  it("changes quantities, takes out what is not named and puts new lines behind all others", () => {
    const { kept, added, totals } = editLines(order, [{ line_id: "plate", quantity: 4 }], [bowl], null)
    // 4 × 9.99 = 39.96; 2 × 5 = 10; 49.96 × 7.25 % = 3.6221 → 3.62
    expect(kept).toMatchObject([{ id: "plate", line_number: 3, quantity: 4, unit_price: "9.99", subtotal: "39.96" }])
    expect(added).toMatchObject([{ sku: "BOWL", line_number: 4, subtotal: "10.00" }])
    expect(totals).toMatchObject({ subtotal: "49.96", tax_total: "3.62", total: "53.58" })
  })

  it("makes shipping free from the threshold on and charged again below it, but none that was agreed by hand", () => {
    const charge = (more: object) => ({
      kind: "shipping" as const,
      amount: "15.00",
      waived_amount: null as string | null,
      by_hand: false,
      tax_rate: "0",
      tax_code: null,
      tax_name: null,
      ...more,
    })
    const charges = [charge({}), charge({ kind: "handling" }), charge({ by_hand: true })]
    const edited = (quantity: number, standing = charges) =>
      editLines({ ...order, charges: standing }, [{ line_id: "plate", quantity }], [], "99.90")
    // 10 × 9.99 = 99.90, and 9 × 9.99 = 89.91
    const free = edited(10)
    expect(free.charges).toMatchObject([
      { amount: "0.00", waived_amount: "15.00" },
      { amount: "15.00", waived_amount: null },
      { amount: "15.00", waived_amount: null },
    ])
    expect(free.totals).toMatchObject({ subtotal: "99.90", charge_total: "30.00" })
    expect(edited(9, [...free.charges]).charges).toEqual(charges)
  })

  it("keeps the order of lines whichever is named first", () => {
    const { kept } = editLines(order, [{ line_id: "plate", quantity: 1 }, { line_id: "cup", quantity: 1 }], [], null)
    expect(kept.map(({ id }) => id)).toEqual(["cup", "plate"])
  })

  it.each<[string, readonly KeptQuantity[], string, object]>([
    ["a line of another order", [{ line_id: "fork", quantity: 1 }], "unknown_order_line", { line_id: "fork" }],
    ["a line twice", [{ line_id: "cup", quantity: 1 }, { line_id: "cup", quantity: 2 }], "unknown_order_line", { line_id: "cup" }],
    ["no lines at all", [], "order_without_lines", {}],
    ["part of a unit", [{ line_id: "cup", quantity: 0.5 }], "invalid_order_line", { sku: "CUP" }],
    ["nothing of a line", [{ line_id: "cup", quantity: 0 }], "invalid_order_line", { sku: "CUP" }],
    ["what is there already", [{ line_id: "cup", quantity: 3 }, { line_id: "plate", quantity: 10 }], "nothing_to_edit", {}],
  ])("refuses %s", (_, kept, code, details) => {
    const refused = refusal(kept)
    expect(refused).toMatchObject({ code })
    expect(refused?.details ?? {}).toMatchObject(details)
  })
})
