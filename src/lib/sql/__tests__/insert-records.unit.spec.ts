import { insertRecordsSql, rawAmount } from "../insert-records"

describe("insertRecordsSql", () => {
  it("is one statement with one parameter, whatever the number of rows", () => {
    expect(insertRecordsSql("wholesale_line", ["id", "sku"])).toBe(
      'insert into "wholesale_line" ("id", "sku") select "id", "sku"' +
        ' from json_populate_recordset(null::"wholesale_line", ?::json)'
    )
  })

  it("leaves rows that are there alone when asked to", () => {
    expect(insertRecordsSql("wholesale_line", ["id"], { onConflictDoNothing: true })).toMatch(
      / on conflict do nothing$/
    )
  })

  it.each([
    ['wholesale_line"; drop table x; --', ["id"]],
    ["wholesale_line", ['id", "sku']],
    ["wholesale_line", ["Id"]],
    ["wholesale_line", [""]],
    ["wholesale line", ["id"]],
  ])("refuses %p with %p: what is no identifier never reaches the statement", (table, columns) => {
    expect(() => insertRecordsSql(table, columns)).toThrow("is no SQL identifier")
  })

  it("holds exactly one placeholder", () => {
    const sql = insertRecordsSql("wholesale_line", ["id", "title", "total", "raw_total"])
    expect(sql.match(/\?/g)).toHaveLength(1)
  })
})

describe("rawAmount", () => {
  it("keeps the amount as text, in the shape of Medusa's raw columns", () => {
    expect(rawAmount("90071992547409931.07")).toEqual({ value: "90071992547409931.07", precision: 20 })
  })
})
