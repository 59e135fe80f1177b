import { Module } from "@medusajs/framework/utils"

import WholesaleCreditModuleService from "./service"

export const WHOLESALE_CREDIT = "wholesale_credit"

export type { WholesaleCreditModuleService }

export default Module(WHOLESALE_CREDIT, { service: WholesaleCreditModuleService })
