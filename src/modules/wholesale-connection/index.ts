import { Module } from "@medusajs/framework/utils"

import WholesaleConnectionModuleService from "./service"

export const WHOLESALE_CONNECTION = "wholesale_connection"
export type { WholesaleConnectionModuleService }

export default Module(WHOLESALE_CONNECTION, { service: WholesaleConnectionModuleService })
