import { Module } from "@medusajs/framework/utils"

import WholesaleStoreModuleService from "./service"

export const WHOLESALE_STORE = "wholesale_store"

export type { WholesaleStoreModuleService }

export default Module(WHOLESALE_STORE, { service: WholesaleStoreModuleService })
