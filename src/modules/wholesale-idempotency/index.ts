import { Module } from "@medusajs/framework/utils"

import WholesaleIdempotencyModuleService from "./service"

export const WHOLESALE_IDEMPOTENCY = "wholesale_idempotency"

export type { WholesaleIdempotencyModuleService }

export default Module(WHOLESALE_IDEMPOTENCY, { service: WholesaleIdempotencyModuleService })
