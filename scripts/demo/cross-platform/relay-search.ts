import { readFileSync } from "node:fs"

import { CuriousDatabase, type StoredValue } from "../../fixture/curious-database"
import type { Needles } from "../../fixture/traces"

export interface RelayTally {
  /** Sealed messages that the relay had, and their bytes. */
  readonly messages: number
  readonly bytes: number
}

/** What a relay that wants to know everything gets to know. */
export class RelaySearch {
  private constructor(private readonly database: CuriousDatabase) {}

  /** From now on everything that the relay stores is kept, also what it deletes. */
  static async begin(databaseUrl: string): Promise<RelaySearch> {
    const database = await CuriousDatabase.open(databaseUrl)
    await database.keepEverything()
    return new RelaySearch(database)
  }

  async tally(): Promise<RelayTally> {
    const [{ messages, bytes }] = await this.database.rows<{ messages: string; bytes: string }>(
      `select count(*) as messages, coalesce(sum(size), 0) as bytes
       from (select distinct mailbox_id, message_id, size from curiosity."public.relay_message") as message`
    )
    return { messages: Number(messages), bytes: Number(bytes) }
  }

  /**
   * Looks through all tables of the relay's database and its log.
   *
   * @returns how many values it looked through
   * @throws Error that names what was found, and where
   */
  async findNothing(needles: Needles, log: string): Promise<number> {
    const values = await this.database.values()
    const places = [...values, { table: "the log", column: "line", bytes: readFileSync(log) }]
    const found = places.flatMap(({ table, column, bytes }) =>
      needles.in(bytes).map(({ needle, form }) => `"${needle}" as ${form} in ${table}, ${column}`)
    )
    if (found.length > 0) {
      throw new Error(`The relay knows what it must not know:\n${found.join("\n")}`)
    }
    return values.length
  }

  async end(): Promise<void> {
    await this.database.close()
  }
}

/** How many of the needles lie in a database that may know them: the search finds what is there. */
export async function countFound(databaseUrl: string, needles: Needles): Promise<number> {
  const database = await CuriousDatabase.open(databaseUrl)
  try {
    const values = await database.values()
    const all = Buffer.concat(values.flatMap(({ bytes }: StoredValue) => [bytes, Buffer.from("\n")]))
    return new Set(needles.in(all).map(({ needle }) => needle)).size
  } finally {
    await database.close()
  }
}
