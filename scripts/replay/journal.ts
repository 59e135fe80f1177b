import type { MedusaContainer } from "@medusajs/framework/types"

import type { Amount } from "../../src/lib/money/amount"
import { connectionOf, type Database } from "./database"
import type { ExportDocument } from "./documents"
import { REFUSALS, type RefusalReason, type RefusedRow } from "./judge-row"

/** What became of a document. Amounts are exact, in major units. */
export interface DocumentOutcome {
  readonly kind: "order" | "cancellation" | "refused"
  readonly ordered: Amount
  readonly credited: Amount
  readonly credit_notes: number
  readonly refused: readonly RefusedRow[]
}

/** How a document stands to what was replayed before. */
export type Standing = "new" | "done" | "changed" | "again"

export interface RefusalSummary {
  readonly reason: RefusalReason
  readonly rows: number
  readonly amount: Amount
}

/**
 * What a replay has done, in tables of its own beside the store's books: a document is written down
 * when all of it is done, so that a second run leaves it alone and one that broke off goes on behind it.
 * Ids that derive from the document's number keep what was half done from being done twice.
 */
export class Journal {
  private constructor(
    private readonly connection: ReturnType<typeof connectionOf>,
    private readonly store_id: string
  ) {}

  static async open(container: MedusaContainer, store_id: string): Promise<Journal> {
    const connection = connectionOf(container)
    await connection.raw(TABLES)
    // What was said of a changed file holds for that file; whether it still is changed shows when it is read.
    await connection.raw(`delete from wholesale_replay.refused_row where store_id = ? and reason = 'document_changed'`, [
      store_id,
    ])
    return new Journal(connection, store_id)
  }

  /** Whether a run that broke off left an order in the middle of a verb. */
  async brokeOff(): Promise<boolean> {
    const { rows } = await this.connection.raw(
      `select 1 from wholesale_order_operation
       where store_id = ? and status in ('running', 'undoing') and deleted_at is null limit 1`,
      [this.store_id]
    )
    return rows.length > 0
  }

  /** How each of the documents stands, by its first row; one statement. */
  async standings(documents: readonly ExportDocument[]): Promise<Map<number, Standing>> {
    const { rows: known } = await this.connection.raw<{ first_row: number; number: string; rows_hash: string }>(
      `select first_row, number, rows_hash from wholesale_replay.document
       where store_id = ? and number = any(?) and not repeated`,
      [this.store_id, documents.map(({ number }) => number)]
    )
    const byNumber = new Map(known.map((row) => [row.number, row]))
    const standings = new Map<number, Standing>()
    for (const { number, first_row, rows_hash } of documents) {
      const standing = byNumber.get(number)
      if (!standing) {
        standings.set(first_row, "new")
        byNumber.set(number, { number, first_row, rows_hash })
      } else if (standing.first_row !== first_row) {
        standings.set(first_row, "again")
      } else {
        standings.set(first_row, standing.rows_hash === rows_hash ? "done" : "changed")
      }
    }
    return standings
  }

  /**
   * Writes down what became of a document; the same again changes nothing. Of a changed document only
   * what is refused now: what became of it before stands.
   */
  async record(document: ExportDocument, standing: Standing, outcome: DocumentOutcome): Promise<void> {
    const { store_id } = this
    const { number, first_row, rows_hash } = document
    await this.connection.transaction(async (transaction) => {
      await transaction.raw(
        `insert into wholesale_replay.document
           (store_id, first_row, number, rows_hash, repeated, kind, ordered, credited, credit_notes)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
        [
          store_id,
          first_row,
          number,
          rows_hash,
          standing === "again",
          outcome.kind,
          outcome.ordered,
          outcome.credited,
          outcome.credit_notes,
        ]
      )
      if (outcome.refused.length > 0) {
        await transaction.raw(
          `insert into wholesale_replay.refused_row (store_id, row, document, reason, detail, amount)
           select ?, * from json_to_recordset(?::json)
             as refused(row int, document text, reason text, detail text, amount numeric)
           on conflict do nothing`,
          [store_id, JSON.stringify(outcome.refused)]
        )
      }
    })
  }

  async refusalsByReason(): Promise<RefusalSummary[]> {
    const { rows } = await this.connection.raw<RefusalSummary>(
      `select reason, count(*)::int as rows, coalesce(sum(amount), 0)::text as amount
       from wholesale_replay.refused_row where store_id = ? group by reason order by count(*) desc, reason`,
      [this.store_id]
    )
    return rows
  }

  /** Every refused row, by row number; read in pages, however many there are. */
  async *refusedRows(): AsyncGenerator<RefusedRow & { readonly sentence: string }> {
    let after = 0
    for (;;) {
      const page = await readRefusedRows(this.connection, this.store_id, after)
      for (const refused of page) {
        yield { ...refused, sentence: REFUSALS[refused.reason] }
        after = refused.row
      }
      if (page.length < PAGE) {
        return
      }
    }
  }

  /** Counts and sums over all documents of the store. */
  async totals(): Promise<{ orders: number; cancellations_credited: number; ordered: Amount; credited: Amount }> {
    const { rows } = await this.connection.raw<Awaited<ReturnType<Journal["totals"]>>>(
      `select count(*) filter (where kind = 'order')::int as orders,
              count(*) filter (where credit_notes > 0)::int as cancellations_credited,
              coalesce(sum(ordered), 0)::text as ordered, coalesce(sum(credited), 0)::text as credited
       from wholesale_replay.document where store_id = ?`,
      [this.store_id]
    )
    return rows[0]
  }
}

const PAGE = 1_000

async function readRefusedRows(database: Database, store_id: string, after: number): Promise<RefusedRow[]> {
  const { rows } = await database.raw<RefusedRow>(
    `select row, document, reason, detail, amount::text from wholesale_replay.refused_row
     where store_id = ? and row > ? order by row limit ?`,
    [store_id, after, PAGE]
  )
  return rows
}

const TABLES = `
  create schema if not exists wholesale_replay;
  create table if not exists wholesale_replay.document (
    store_id text not null, first_row int not null, number text not null, rows_hash text not null,
    repeated boolean not null, kind text not null, ordered numeric not null, credited numeric not null,
    credit_notes int not null, primary key (store_id, first_row)
  );
  create index if not exists document_number on wholesale_replay.document (store_id, number);
  create table if not exists wholesale_replay.refused_row (
    store_id text not null, row int not null, document text not null, reason text not null,
    detail text not null, amount numeric, primary key (store_id, row)
  );`
