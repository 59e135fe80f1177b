import fc from "fast-check"

import { accountReceipt, openQuantity, OrderedLine, ReceiptEntry } from "../domain/receipt-lines"

const ordered = (id: string, quantity: number, counted: Partial<OrderedLine> = {}): OrderedLine => ({
  id,
  line_number: 1,
  supplier_sku: `SKU-${id}`,
  quantity,
  received_quantity: 0,
  short_quantity: 0,
  damaged_quantity: 0,
  cancelled_quantity: 0,
  ...counted,
})
const entry = (id: string, received = 0, short = 0, damaged = 0): ReceiptEntry => ({
  purchase_order_line_id: id,
  received_quantity: received,
  short_quantity: short,
  damaged_quantity: damaged,
})

describe("accountReceipt", () => {
  it.each([
    ["all received", [entry("a", 12), entry("b", 5)], true],
    ["received, short and damaged together", [entry("a", 9, 2, 1), entry("b", 0, 5)], true],
    ["one line left open", [entry("a", 12)], false],
    ["one unit left open", [entry("a", 11), entry("b", 5)], false],
  ])("with %s says whether nothing is open", (_, entries, all_accounted) => {
    const result = accountReceipt([ordered("a", 12), ordered("b", 5)], entries)
    expect(result).toEqual({ entries, all_accounted })
  })

  it("leaves out entries that say nothing", () => {
    expect(accountReceipt([ordered("a", 12), ordered("b", 5)], [entry("a", 1), entry("b")]).entries).toEqual([
      entry("a", 1),
    ])
  })

  it("counts what earlier receipts said", () => {
    const line = ordered("a", 12, { received_quantity: 8, short_quantity: 1, damaged_quantity: 1 })
    // 12 − 8 − 1 − 1 = 2
    expect(openQuantity(line)).toBe(2)
    expect(accountReceipt([line], [entry("a", 1, 0, 1)]).all_accounted).toBe(true)
    expect(() => accountReceipt([line], [entry("a", 1, 1, 1)])).toThrow(
      expect.objectContaining({
        status: 409,
        code: "receipt_exceeds_open",
        details: { lines: [{ line_id: "a", supplier_sku: "SKU-a", open: 2, counted: 3 }] },
      })
    )
  })

  it.each([
    ["an unknown line", [entry("x", 1)], "invalid_receipt_line"],
    ["a line twice", [entry("a", 1), entry("a", 1)], "invalid_receipt_line"],
    ["a negative quantity", [entry("a", 5, -1)], "invalid_receipt_line"],
    ["a broken quantity", [entry("a", 0.5)], "invalid_receipt_line"],
    ["no lines", [], "receipt_empty"],
    ["only zeros", [entry("a")], "receipt_empty"],
  ])("refuses %s", (_, entries, code) => {
    expect(() => accountReceipt([ordered("a", 12)], entries)).toThrow(expect.objectContaining({ status: 400, code }))
  })

  it("never accounts for more than was ordered, however the receipts fall", () => {
    const counts = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6))
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), (receipts, quantity) => {
        let line = ordered("a", quantity)
        for (const [received, short, damaged] of receipts) {
          try {
            const { all_accounted } = accountReceipt([line], [entry("a", received, short, damaged)])
            line = {
              ...line,
              received_quantity: line.received_quantity + received,
              short_quantity: line.short_quantity + short,
              damaged_quantity: line.damaged_quantity + damaged,
            }
            expect(all_accounted).toBe(openQuantity(line) === 0)
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^receipt_/) })
          }
          expect(openQuantity(line)).toBeGreaterThanOrEqual(0)
        }
      })
    )
  })
})
