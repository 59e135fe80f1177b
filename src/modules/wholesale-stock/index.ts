import { Module } from "@medusajs/framework/utils"

import WholesaleStockModuleService from "./service"

export const WHOLESALE_STOCK = "wholesale_stock"

export type { WholesaleStockModuleService }

export default Module(WHOLESALE_STOCK, { service: WholesaleStockModuleService })
