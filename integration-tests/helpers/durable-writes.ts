/** Tells, statement by statement, when what was written on a connection has become durable. */
export class DurableWrites {
  private readonly transactions = new WeakMap<object, { wrote?: string }>()

  /**
   * What a statement that was just answered made durable, by the first writing statement of it: the COMMIT of a
   * transaction that wrote, or a write outside of one. Nothing: undefined.
   */
  madeBy(connection: object, sql: string): string | undefined {
    const statement = sql.trim().toLowerCase()
    if (/^(begin|start transaction)\b/.test(statement)) {
      this.transactions.set(connection, {})
      return undefined
    }
    const transaction = this.transactions.get(connection)
    if (/^(commit|rollback)\s*;?$/.test(statement)) {
      this.transactions.delete(connection)
      return statement.startsWith("commit") ? transaction?.wrote : undefined
    }
    const [, verb, table] =
      statement.replace(/\bfor (no key )?update\b/g, "").match(/\b(insert into|update|delete from)\s+("?\w+"?)/) ?? []
    const write = verb && `${verb} ${table.replace(/"/g, "")}`
    if (transaction) {
      transaction.wrote ??= write
      return undefined
    }
    return write
  }
}
