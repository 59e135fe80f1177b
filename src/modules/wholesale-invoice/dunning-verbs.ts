import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf } from "../../lib/sql/transaction"
import { dunInvoice, invoicesToDun } from "./persistence/dunning/dun-invoice"
import { dunningLevels, setDunningLevels } from "./persistence/dunning/levels"
import { settleReminder, takeReminders } from "./persistence/dunning/notices"
import type { InputOf, Shared } from "./persistence/transaction"
import { transactionOf } from "./persistence/transaction"
import { ReceivableVerbs } from "./receivable-verbs"

/** Reminders of what is late, and what is charged with them. */
export class DunningVerbs extends ReceivableVerbs {
  /** See {@link setDunningLevels}. */
  @InjectTransactionManager()
  async setDunningLevels(
    input: InputOf<typeof setDunningLevels>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await setDunningLevels(transactionOf(sharedContext), input)
  }

  /** See {@link dunningLevels}. */
  @InjectManager()
  async dunningLevels(
    input: InputOf<typeof dunningLevels>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await dunningLevels(managerOf(sharedContext), input)
  }

  /** See {@link invoicesToDun}. */
  @InjectManager()
  async invoicesToDun(
    input: InputOf<typeof invoicesToDun>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await invoicesToDun(managerOf(sharedContext), input)
  }

  /** See {@link dunInvoice}. */
  @InjectTransactionManager()
  async dunInvoice(input: InputOf<typeof dunInvoice>, @MedusaContext() sharedContext: Shared = {}) {
    return await dunInvoice(transactionOf(sharedContext), input)
  }

  /** See {@link takeReminders}. */
  @InjectManager()
  async takeReminders(
    input: InputOf<typeof takeReminders>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    return await takeReminders(managerOf(sharedContext), input)
  }

  /** See {@link settleReminder}. */
  @InjectManager()
  async settleReminder(
    input: InputOf<typeof settleReminder>,
    @MedusaContext() sharedContext: Shared = {}
  ) {
    await settleReminder(managerOf(sharedContext), input)
  }
}
