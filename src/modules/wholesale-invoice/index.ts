import { Module } from "@medusajs/framework/utils"

import WholesaleInvoiceModuleService from "./service"

export const WHOLESALE_INVOICE = "wholesale_invoice"

export type { WholesaleInvoiceModuleService }

export default Module(WHOLESALE_INVOICE, { service: WholesaleInvoiceModuleService })
