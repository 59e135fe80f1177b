/** A page of rows in the order of their ids: up to `limit` of those after the id `after`. */
export interface KeyPage {
  readonly limit: number
  readonly after?: string
}

const PAGE = 100

/**
 * Every row that a reader of pages answers, a page at a time. What is done with a row may take it out
 * of what is read, or leave it there: each is met once.
 */
export async function* everyRow<Row extends { readonly id: string }>(
  read: (page: KeyPage) => Promise<readonly Row[]>,
  limit = PAGE
): AsyncGenerator<Row, void, undefined> {
  let after: string | undefined
  for (;;) {
    const rows = await read({ limit, after })
    yield* rows
    if (rows.length < limit) {
      return
    }
    after = rows[rows.length - 1].id
  }
}
