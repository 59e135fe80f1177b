import { join } from "node:path"

import type { ReplayFigures } from "../scripts/replay/process"
import { startReplay } from "../scripts/replay/start-replay"
import { writeOrderExport } from "./order-export"

export interface ReplayRun {
  readonly documents: number
  readonly figures: ReplayFigures
}

/**
 * Replays an export of so many documents and one ten times as long, each in a process and on a
 * database of its own.
 */
export async function measureReplay(
  documents: number,
  settings: {
    readonly root: string
    readonly folder: string
    readonly log: string
    /** A migrated database that nobody uses yet. */
    newDatabase(name: string): Promise<string>
  },
  say: (line: string) => void
): Promise<ReplayRun[]> {
  const runs: ReplayRun[] = []
  for (const count of [documents, documents * 10]) {
    const file = join(settings.folder, `export-of-${count}-documents.csv`)
    await writeOrderExport(file, count)
    const databaseUrl = await settings.newDatabase(`replay_${count}`)
    const { figures } = startReplay({ ...settings, databaseUrl, file }, say)
    const result = await figures
    if (!result.reconciled) {
      throw new Error(`The replay of ${file} differs by ${result.difference}.`)
    }
    runs.push({ documents: count, figures: result })
  }
  return runs
}
