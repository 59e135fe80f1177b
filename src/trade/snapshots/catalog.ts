import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import type { DocumentSource } from "./snapshot"

/** The catalog is read anew when it is sent: a publication row remembers revision and hash, not items. */
export const catalogSource: DocumentSource<"catalog"> = {
  type: "catalog",
  async snapshot(container, id) {
    const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    const { store_id, connection_id } = await catalog.retrieveWholesaleCatalogPublication(id)
    const [store, published] = await Promise.all([
      container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(store_id),
      catalog.publishCatalog({ store_id, connection_id }),
    ])
    return {
      store_id,
      connection_id,
      document_id: id,
      revision: published.revision,
      body: {
        version: 1,
        currency_code: store.currency_code,
        items: published.items.map(({ currency_code: _, thumbnail, ...item }) => ({
          ...item,
          thumbnail: thumbnail ?? null,
          available: true,
        })),
      },
    }
  },
  async markAnnounced(container, input) {
    await container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .markPublicationAnnounced(input)
  },
  async behind(container, page) {
    return container
      .resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
      .publicationsToAnnounce(page)
  },
}
