import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import type { KeyPage } from "../../lib/sql/key-page"
import { moveDocuments, type DocumentMove } from "../../lib/sql/move-documents"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import * as items from "./persistence/items"
import * as publications from "./persistence/publications"
import * as skuMappings from "./persistence/sku-mappings"
import * as supplierCatalog from "./persistence/supplier-catalog"
import { Pricing } from "./pricing"

/**
 * What a store offers to its partners, and what its suppliers offer to it.
 *
 * Lists are written and read in a fixed handful of statements, however long they are.
 */
class WholesaleCatalogModuleService extends Pricing {
  /**
   * Makes or changes the wholesale items of variants; answers them in the given order. Writing the
   * same again changes nothing but `updated_at`. Two calls for one store take turns.
   *
   * @throws WholesaleError 400 `duplicate_variant`, `duplicate_sku`, `invalid_catalog_entry`;
   * 409 `sku_taken` where another variant of the store has the SKU
   */
  @InjectTransactionManager()
  async upsertItems(
    storeId: string,
    input: readonly items.ItemInput[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<items.UpsertedItem[]> {
    return items.upsertItems(transactionOf(sharedContext), storeId, input)
  }

  /** The store's items with these SKUs, published or not, in one statement; unknown SKUs are left out. */
  @InjectManager()
  async itemsForOrder(
    storeId: string,
    skus: readonly string[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<items.OrderableItem[]> {
    return items.itemsForOrder(managerOf(sharedContext), storeId, skus)
  }

  /**
   * The catalog as the partner of a connection is to see it now. Its revision rises only when the
   * contents differ from those of the last one, so that a revision always means the same contents;
   * announcing late what stayed behind calls this again and sends what it answers.
   *
   * @throws WholesaleError 404 where the connection belongs to another store
   */
  @InjectTransactionManager()
  async publishCatalog(
    input: { store_id: string; connection_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<publications.PublishedCatalog> {
    return publications.publishCatalog(transactionOf(sharedContext), input)
  }

  /** Notes that a revision has been handed to the transport; an older one than noted changes nothing. */
  @InjectTransactionManager()
  async markPublicationAnnounced(
    input: { id: string; revision: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await publications.markPublicationAnnounced(transactionOf(sharedContext), input)
  }

  /** Publications whose newest revision has not been announced, of all stores. */
  @InjectManager()
  async publicationsToAnnounce(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<publications.Publication[]> {
    return publications.publicationsToAnnounce(managerOf(sharedContext), page)
  }

  /**
   * Takes over a supplier's catalog whole: its items can be ordered, all others of the connection
   * no longer. A revision that is not newer than the last one is ignored, in any order of arrival.
   *
   * @throws WholesaleError 400 `invalid_catalog_entry`, `duplicate_sku`; 404 where the connection
   * belongs to another store
   */
  @InjectTransactionManager()
  async applySupplierCatalog(
    input: supplierCatalog.SupplierCatalogInput,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<supplierCatalog.AppliedCatalog> {
    return supplierCatalog.applySupplierCatalog(transactionOf(sharedContext), input)
  }

  /** The supplier's items with these SKUs, available or not, with their mapping, in one statement. */
  @InjectManager()
  async supplierItems(
    input: { store_id: string; connection_id: string; skus: readonly string[] },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<supplierCatalog.SupplierItem[]> {
    return supplierCatalog.supplierItems(managerOf(sharedContext), input)
  }

  /** A page of a supplier's catalog by SKU, and the number of all that match. */
  @InjectManager()
  async supplierCatalogPage(
    query: supplierCatalog.SupplierCatalogQuery,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<[supplierCatalog.SupplierItem[], number]> {
    return supplierCatalog.supplierCatalogPage(managerOf(sharedContext), query)
  }

  /**
   * Says which own variants a supplier's SKUs are; a SKU that is mapped already is mapped anew, and
   * one with variant null forgets its mapping. SKUs need not stand in the catalog.
   *
   * @throws WholesaleError 400 `duplicate_sku`; 404 where the connection belongs to another store
   */
  @InjectTransactionManager()
  async mapSkus(
    input: { store_id: string; connection_id: string; mappings: readonly skuMappings.SkuMappingInput[] },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await skuMappings.mapSkus(transactionOf(sharedContext), input)
  }

  /** What the SKUs of one connection's supplier are goes on over another; what is mapped there already stays. */
  @InjectManager()
  async moveMappings(
    move: DocumentMove,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await moveDocuments(managerOf(sharedContext), "wholesale_sku_mapping", move, { unique: ["supplier_sku"] })
  }

  /** The mappings of these SKUs, in one statement; unmapped ones are left out. */
  @InjectManager()
  async mappings(
    input: { store_id: string; connection_id: string; skus: readonly string[] },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<skuMappings.SkuMapping[]> {
    return skuMappings.mappings(managerOf(sharedContext), input)
  }
}

export default WholesaleCatalogModuleService
