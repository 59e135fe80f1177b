import { Module } from "@medusajs/framework/utils"

import WholesaleExchangeModuleService from "./service"

export const WHOLESALE_EXCHANGE = "wholesale_exchange"
export type { WholesaleExchangeModuleService }

export default Module(WHOLESALE_EXCHANGE, { service: WholesaleExchangeModuleService })
