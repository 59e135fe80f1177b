import type { MedusaContainer } from "@medusajs/framework/types"

import { everyRow } from "../../lib/sql/key-page"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { announce } from "../../trade/announce"
import { DOCUMENT_SOURCES, type AnnouncedType } from "../../trade/snapshots/sources"
import { renewConnections } from "../store/renew-connections"
import { applyInboxWorkflow } from "./apply-inbox"

const BATCH = 100

/**
 * Puts changed profiles on the connections, sends every document whose newest revision its partner may
 * not have, and applies what waits in the inboxes. Safe in any number of processes: a revision that arrives twice is known.
 *
 * @param before also what a process took up before that time and may still hold
 * @returns a line about what was done, for people to read
 */
export async function sweepExchange(container: MedusaContainer, before?: Date): Promise<string[]> {
  const repaired: string[] = []
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  for await (const profile of everyRow((page) => stores.profilesToAnnounce(page))) {
    await renewConnections(container, profile)
    repaired.push(`the profile of store ${profile.id} was put on its connections`)
  }
  for (const type of Object.keys(DOCUMENT_SOURCES) as AnnouncedType[]) {
    for await (const { id } of everyRow((page) => DOCUMENT_SOURCES[type].behind(container, page))) {
      await announce(container, { type, id })
      repaired.push(`${type} ${id} was announced`)
    }
  }
  const { result } = await applyInboxWorkflow(container).run({
    input: { limit: BATCH, taken_before: before?.toISOString() },
  })
  return result.taken ? [...repaired, `${result.applied} of ${result.taken} documents were applied`] : repaired
}
