import { Module } from "@medusajs/framework/utils"

import WholesaleAccountModuleService from "./service"

export const WHOLESALE_ACCOUNT = "wholesale_account"

export type { WholesaleAccountModuleService }

export default Module(WHOLESALE_ACCOUNT, { service: WholesaleAccountModuleService })
