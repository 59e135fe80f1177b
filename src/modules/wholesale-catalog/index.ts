import { Module } from "@medusajs/framework/utils"

import WholesaleCatalogModuleService from "./service"

export const WHOLESALE_CATALOG = "wholesale_catalog"

export type { WholesaleCatalogModuleService }

export default Module(WHOLESALE_CATALOG, { service: WholesaleCatalogModuleService })
