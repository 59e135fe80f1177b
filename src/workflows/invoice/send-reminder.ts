import type { INotificationModuleService, MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"

import { calendarDay } from "../../lib/calendar/days"
import { WHOLESALE_ACCOUNT } from "../../modules/wholesale-account"
import type WholesaleAccountModuleService from "../../modules/wholesale-account/service"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { DueReminder } from "../../modules/wholesale-invoice/persistence/dunning/notices"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { cameThrough, noticeKey } from "../notice-attempts"

/** Template of the message; a provider of Medusa's notification module on channel `email` renders it. */
export const PAYMENT_REMINDER_TEMPLATE = "wholesale-payment-reminder"

/**
 * Reminds the account of an invoice that is late, and notes that it was. Nothing is sent where the invoice
 * was settled meanwhile, to an account without an e-mail, nor where an earlier attempt came through.
 *
 * @returns whether a message was sent now
 * @throws whatever the provider throws, or that there is none on the channel; the reminder stays due
 */
export async function sendReminder(container: MedusaContainer, reminder: DueReminder): Promise<boolean> {
  const { id, store_id, account_id, invoice_id, level, notice_attempts: attempt } = reminder
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const { email, company_name } = await container
    .resolve<WholesaleAccountModuleService>(WHOLESALE_ACCOUNT)
    .accountOf(store_id, account_id)
  const invoice = await invoices.retrieveInvoice({ id: invoice_id, store_id })
  const notifications = container.resolve<INotificationModuleService>(Modules.NOTIFICATION)
  const isOwed = MathBN.gt(invoice.outstanding, 0)
  const sent = await cameThrough(notifications, PAYMENT_REMINDER_TEMPLATE, id, attempt)
  const to = isOwed && !sent ? email : null
  if (to) {
    await notifications.createNotifications({
      to,
      channel: "email",
      template: PAYMENT_REMINDER_TEMPLATE,
      idempotency_key: noticeKey(PAYMENT_REMINDER_TEMPLATE, id, attempt),
      resource_type: "wholesale_dunning_notice",
      resource_id: id,
      data: {
        company_name,
        level,
        days_late: reminder.days_late,
        invoice_number: invoice.number,
        purchase_order_numbers: invoice.orders.flatMap(({ purchase_order_number }) => purchase_order_number ?? []),
        due_on: calendarDay(invoice.due_at),
        currency_code: invoice.currency_code,
        outstanding: invoice.outstanding,
        late_charges: invoice.late_charges
          .filter(({ outstanding }) => MathBN.gt(outstanding, 0))
          .map(({ kind, outstanding }) => ({ kind, outstanding })),
      },
    })
  }
  await invoices.settleReminder({ id, store_id })
  return Boolean(to)
}
