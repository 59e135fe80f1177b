import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import type { Applier } from "./applier"

export const applyCatalog: Applier<"catalog"> = async (container, receiver, document) => {
  const { currency_code, items } = document.body
  await container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG).applySupplierCatalog({
    ...receiver,
    incarnation: document.incarnation,
    revision: document.revision,
    items: items.map((item) => ({ ...item, currency_code })),
  })
}
