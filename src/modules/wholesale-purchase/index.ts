import { Module } from "@medusajs/framework/utils"

import WholesalePurchaseModuleService from "./service"

export const WHOLESALE_PURCHASE = "wholesale_purchase"

export type { WholesalePurchaseModuleService }

export default Module(WHOLESALE_PURCHASE, { service: WholesalePurchaseModuleService })
