import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"
import { everyRow } from "../../lib/sql/key-page"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { postReceivables } from "../invoice/post-receivable"
import { sendReminder } from "../invoice/send-reminder"
import type { Repair } from "./repair"

/**
 * Takes invoices that are late to the dunning level they have reached, and tells their accounts. What
 * fails is logged and tried again later.
 *
 * @param before also reminders that a process took before that time and may still hold
 */
export async function remindOfInvoices(container: MedusaContainer, before?: Date): Promise<Repair[]> {
  return [...(await dunInvoices(container)), ...(await sendReminders(container, before))]
}

async function dunInvoices(container: MedusaContainer): Promise<Repair[]> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const done: Repair[] = []
  for await (const { id, store_id } of everyRow((page) => invoices.invoicesToDun(page))) {
    await orLog(container, `Invoice ${id} could not be taken to its dunning level`, async () => {
      const { level, postings } = await invoices.dunInvoice({ id, store_id })
      if (level !== null) {
        await postReceivables(container, postings)
        done.push({ store_id, done: `invoice ${id} reached dunning level ${level}` })
      }
    })
  }
  return done
}

async function sendReminders(container: MedusaContainer, before?: Date): Promise<Repair[]> {
  const due = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .takeReminders({ before })
  const done: Repair[] = []
  for (const reminder of due) {
    await orLog(container, `The account was not reminded of invoice ${reminder.invoice_id}`, async () => {
      if (await sendReminder(container, reminder)) {
        done.push({ store_id: reminder.store_id, done: `reminded of invoice ${reminder.invoice_id}` })
      }
    })
  }
  return done
}

async function orLog(container: MedusaContainer, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`${what}: ${messageOf(error)}`)
  }
}
