import { Module } from "@medusajs/framework/utils"

import WholesaleOrderModuleService from "./service"

export const WHOLESALE_ORDER = "wholesale_order"

export type { WholesaleOrderModuleService }

export default Module(WHOLESALE_ORDER, { service: WholesaleOrderModuleService })
