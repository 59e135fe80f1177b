import { model } from "@medusajs/framework/utils"

/** How far a distributor's catalog has been published to one connection. */
const WholesaleCatalogPublication = model
  .define("wholesale_catalog_publication", {
    id: model.id({ prefix: "whpub" }).primaryKey(),
    store_id: model.text().index(),
    connection_id: model.text(),
    revision: model.number().default(0),
    announced_revision: model.number().default(0),
    content_hash: model.text().nullable(),
    item_count: model.number().default(0),
  })
  .indexes([
    { on: ["connection_id"], unique: true },
    {
      name: "IDX_wholesale_catalog_publication_behind",
      on: ["id"],
      where: "revision > announced_revision",
    },
  ])

export default WholesaleCatalogPublication
