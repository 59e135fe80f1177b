import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { contentHash } from "../../../lib/hash/content-hash"
import { derivedId } from "../../../lib/ids/derived-id"
import { notFound } from "../../../lib/errors/wholesale-error"
import type { KeyPage } from "../../../lib/sql/key-page"
import type { CatalogEntry } from "../domain/item-input"
import { publishedItems } from "./items"

export interface PublishedCatalog {
  readonly publication_id: string
  readonly revision: number
  readonly content_hash: string
  /** False where the partner was offered exactly this before: the revision is then the old one. */
  readonly changed: boolean
  readonly items: CatalogEntry[]
}

export interface Publication {
  readonly id: string
  readonly store_id: string
  readonly connection_id: string
  readonly revision: number
  readonly announced_revision: number
}

/** See `WholesaleCatalogModuleService.publishCatalog`. */
export async function publishCatalog(
  em: EntityManager,
  { store_id, connection_id }: { store_id: string; connection_id: string }
): Promise<PublishedCatalog> {
  await em.execute(
    `insert into "wholesale_catalog_publication" (id, store_id, connection_id) values (?, ?, ?)
      on conflict do nothing`,
    [derivedId("whpub", connection_id), store_id, connection_id]
  )
  const [standing] = await em.execute<
    { id: string; store_id: string; content_hash: string | null; revision: number }[]
  >(
    `select id, store_id, content_hash, revision from "wholesale_catalog_publication"
      where connection_id = ? and deleted_at is null for update`,
    [connection_id]
  )
  if (!standing || standing.store_id !== store_id) {
    throw notFound("Connection", connection_id)
  }

  // Read after the row lock: of two publications at once, the later revision saw the later items.
  const items = (await publishedItems(em, store_id)).map(
    ({ sku, title, thumbnail, currency_code, unit_price, minimum_quantity, order_multiple }) => ({
      sku,
      title,
      thumbnail,
      currency_code,
      price: unit_price,
      minimum_quantity,
      order_multiple,
    })
  )
  const hash = contentHash(items)
  const base = { publication_id: standing.id, content_hash: hash, items }
  if (standing.content_hash === hash) {
    return { ...base, revision: standing.revision, changed: false }
  }
  const [{ revision }] = await em.execute<{ revision: number }[]>(
    `update "wholesale_catalog_publication"
        set revision = revision + 1, content_hash = ?, item_count = ?, updated_at = now()
      where id = ? returning revision`,
    [hash, items.length, standing.id]
  )
  return { ...base, revision, changed: true }
}

/** See `WholesaleCatalogModuleService.markPublicationAnnounced`. */
export async function markPublicationAnnounced(
  em: EntityManager,
  { id, revision }: { id: string; revision: number }
): Promise<void> {
  await em.execute(
    `update "wholesale_catalog_publication" set announced_revision = ?, updated_at = now()
      where id = ? and announced_revision < ? and revision >= ?`,
    [revision, id, revision, revision]
  )
}

/** See `WholesaleCatalogModuleService.publicationsToAnnounce`. */
export async function publicationsToAnnounce(
  em: EntityManager,
  { limit, after = "" }: KeyPage
): Promise<Publication[]> {
  return em.execute<Publication[]>(
    `select id, store_id, connection_id, revision, announced_revision from "wholesale_catalog_publication"
      where revision > announced_revision and deleted_at is null and id > ? order by id limit ?`,
    [after, limit]
  )
}
