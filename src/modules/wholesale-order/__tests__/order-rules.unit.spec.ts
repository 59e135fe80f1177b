import fc from "fast-check"

import { assertDraftLines } from "../domain/draft-lines"
import { goodsReturnedOf } from "../domain/goods-have-left"
import { completesOrder, shipmentLines } from "../domain/shipment-lines"

const thrown = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}

describe("what a cancellation says of the goods", () => {
  const order = (...shipped: number[]) => ({
    id: "whord_1",
    lines: shipped.map((shipped_quantity) => ({ shipped_quantity })),
  })

  it("is nothing while none have left, whatever the caller says", () => {
    expect(goodsReturnedOf(order(0, 0), undefined)).toBeNull()
    expect(goodsReturnedOf(order(0, 0), true)).toBeNull()
  })

  it("is what the caller says once goods have left", () => {
    expect(goodsReturnedOf(order(0, 1), true)).toBe(true)
    expect(goodsReturnedOf(order(0, 1), false)).toBe(false)
  })

  it("must be said once a single unit has left", () => {
    expect(thrown(() => goodsReturnedOf(order(0, 1), undefined))).toMatchObject({
      status: 409,
      code: "goods_returned_required",
      details: { shipped_quantity: 1 },
    })
  })
})

describe("the lines of a parcel", () => {
  const order = {
    id: "whord_1",
    lines: [
      { id: "a", sku: "CUP", quantity: 10, shipped_quantity: 4 },
      { id: "b", sku: "PLATE", quantity: 5, shipped_quantity: 5 },
      { id: "c", sku: "BOWL", quantity: 3, shipped_quantity: 0 },
    ],
  }

  it("are all that is left when none are named", () => {
    expect(shipmentLines(order)).toEqual([
      { line_id: "a", quantity: 6 },
      { line_id: "c", quantity: 3 },
    ])
  })

  it("count a line named twice together", () => {
    const twice = (quantity: number) => [
      { line_id: "a", quantity },
      { line_id: "a", quantity },
    ]
    expect(shipmentLines(order, twice(3))).toEqual([{ line_id: "a", quantity: 6 }])
    expect(thrown(() => shipmentLines(order, twice(4)))).toMatchObject({
      code: "more_than_left",
      details: { lines: [{ line_id: "a", sku: "CUP", asked: 8, left: 6 }] },
    })
  })

  it.each([0, -1, 1.5, NaN])("take no quantity of %s", (quantity) => {
    expect(thrown(() => shipmentLines(order, [{ line_id: "a", quantity }]))).toMatchObject({
      status: 400,
      code: "invalid_shipment_line",
    })
  })

  it("belong to the order", () => {
    expect(thrown(() => shipmentLines(order, [{ line_id: "z", quantity: 1 }]))).toMatchObject({
      code: "invalid_shipment_line",
      details: { line_id: "z" },
    })
  })

  it("are refused when everything has gone", () => {
    const gone = { id: "whord_1", lines: [{ id: "b", sku: "PLATE", quantity: 5, shipped_quantity: 5 }] }
    expect(thrown(() => shipmentLines(gone))).toMatchObject({ status: 409, code: "nothing_left_to_ship" })
    expect(thrown(() => shipmentLines(gone, []))).toMatchObject({ code: "nothing_left_to_ship" })
  })

  it("complete the order with its last unit, never before", () => {
    expect(completesOrder(order.lines, [{ line_id: "a", quantity: 6 }])).toBe(false)
    expect(completesOrder(order.lines, shipmentLines(order))).toBe(true)
  })

  it("ship every unit exactly once, however the parcels are cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.array(fc.nat(20), { minLength: 6, maxLength: 6 }), { maxLength: 20 }),
        (quantities, parcels) => {
          let lines = quantities.map((quantity, index) => ({
            id: String(index),
            sku: `S${index}`,
            quantity,
            shipped_quantity: 0,
          }))
          for (const wishes of [...parcels, undefined]) {
            if (lines.every(({ quantity, shipped_quantity }) => quantity === shipped_quantity)) {
              return
            }
            const asked = wishes?.flatMap((wish, index) => {
              const line = lines[index]
              const quantity = line ? Math.min(wish, line.quantity - line.shipped_quantity) : 0
              return quantity > 0 ? [{ line_id: String(index), quantity }] : []
            })
            if (asked?.length === 0) {
              continue
            }
            const parcel = shipmentLines({ id: "o", lines }, asked)
            const complete = completesOrder(lines, parcel)
            lines = lines.map((line) => ({
              ...line,
              shipped_quantity:
                line.shipped_quantity + (parcel.find(({ line_id }) => line_id === line.id)?.quantity ?? 0),
            }))
            expect(complete).toBe(lines.every((line) => line.quantity === line.shipped_quantity))
          }
          expect(lines.map(({ shipped_quantity }) => shipped_quantity)).toEqual(quantities)
        }
      )
    )
  })
})

describe("the lines of a draft", () => {
  const line = { sku: "CUP", quantity: 1, unit_price: "1.00", tax_rate: "0" }

  it("may be free of charge", () => {
    expect(() => assertDraftLines([{ ...line, unit_price: "0" }])).not.toThrow()
  })

  it("are at least one", () => {
    expect(thrown(() => assertDraftLines([]))).toMatchObject({ status: 400, code: "order_without_lines" })
  })

  it.each([
    ["no quantity", { quantity: 0 }],
    ["a negative quantity", { quantity: -1 }],
    ["half a unit", { quantity: 0.5 }],
    ["more units than the columns hold", { quantity: 100_000_001 }],
    ["a negative price", { unit_price: "-0.01" }],
    ["a negative rate", { tax_rate: "-1" }],
  ])("never have %s", (_, change) => {
    expect(thrown(() => assertDraftLines([line, { ...line, ...change }]))).toMatchObject({
      code: "invalid_order_line",
      details: { line_number: 2, sku: "CUP" },
    })
  })
})
