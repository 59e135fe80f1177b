import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

/** What a reader is told that is to see what others see. */
export interface SeenBy {
  /** The exported snapshot of an open transaction; what stands now, where none is given. */
  readonly snapshot?: string
}

/**
 * Lets a transaction that has read nothing so far see what the exporter of the snapshot sees: readers over
 * several connections then read of one moment. The exporter's transaction has to be open still.
 */
export async function seeSnapshot(manager: EntityManager, { snapshot }: SeenBy): Promise<void> {
  if (snapshot === undefined) {
    return
  }
  if (!/^[0-9A-F-]+$/.test(snapshot)) {
    throw new Error(`"${snapshot}" is no snapshot's name.`)
  }
  await manager.execute("set transaction isolation level repeatable read, read only")
  await manager.execute(`set transaction snapshot '${snapshot}'`)
}
