import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_CATALOG } from "../../modules/wholesale-catalog"
import type WholesaleCatalogModuleService from "../../modules/wholesale-catalog/service"
import { WHOLESALE_CONNECTION } from "../../modules/wholesale-connection"
import type WholesaleConnectionModuleService from "../../modules/wholesale-connection/service"
import { announceStep } from "../exchange/steps/announce"

export interface PublishCatalogInput {
  /** The distributor's store. */
  readonly store_id: string
  /** One connection alone; all active ones where it is not given. */
  readonly connection_id?: string
}

const publishCatalogStep = createStep(
  "wholesale-publish-catalog",
  async ({ store_id, connection_id }: PublishCatalogInput, { container }) => {
    const catalog = container.resolve<WholesaleCatalogModuleService>(WHOLESALE_CATALOG)
    const connections = await container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .listWholesaleConnections(
        {
          store_id,
          role: "distributor",
          effective_status: "active",
          ...(connection_id && { id: connection_id }),
        },
        { select: ["id"], order: { id: "ASC" } }
      )
    const publications = []
    for (const { id } of connections) {
      const published = await catalog.publishCatalog({ store_id, connection_id: id })
      publications.push({
        connection_id: id,
        publication_id: published.publication_id,
        revision: published.revision,
        item_count: published.items.length,
        changed: published.changed,
      })
    }
    return new StepResponse(publications)
  }
)

/** Raises the catalog's revision for each partner whose view of it changed, and sends it to them. */
export const publishCatalogWorkflow = createWorkflow(
  "wholesale-publish-catalog",
  (input: WorkflowData<PublishCatalogInput>) => {
    const publications = publishCatalogStep(input)
    announceStep(
      transform(publications, (made) =>
        made.map(({ publication_id }) => ({ type: "catalog" as const, id: publication_id }))
      )
    )
    return new WorkflowResponse(publications)
  }
)
