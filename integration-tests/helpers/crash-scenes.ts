import type { Trade } from "./trade"

/** What a verb is done to. The ids derive from `sku`, so that its client can ask again for the same. */
export interface Subject {
  readonly sku: string
  readonly purchase_order_id?: string
  readonly order_id?: string
  readonly invoice_id?: string
  readonly account_id?: string
}

/** One verb, brought to where it begins, done, and asked for again by its client. */
export interface Scene {
  prepare(trade: Trade, sku: string): Promise<Subject>
  /** The same request under the same ids each time. */
  act(trade: Trade, subject: Subject): Promise<unknown>
}

/** Units and price of everything, but for what is refused: 2 × 10.00. */
const GOODS = { quantity: 2 }
const TOTAL = "20.00"
/** More than the 50 on the shelf. */
const TOO_MANY = 60
/** More than the limit: 10.00 each. */
const TOO_DEAR = 200_000

const operation = ({ sku }: Subject) => `whordop_crash_${sku}`

const purchaseOrder = async (trade: Trade, sku: string, quantity = GOODS.quantity): Promise<Subject> => ({
  sku,
  purchase_order_id: await trade.draft([{ sku, quantity }]),
})
const bought = async (trade: Trade, sku: string): Promise<Subject & { order_id: string }> => {
  const { purchase_order_id = "" } = await purchaseOrder(trade, sku)
  await trade.placeDraft(purchase_order_id)
  const { order_id } = await trade.purchaseOrder(purchase_order_id)
  return { sku, purchase_order_id, order_id: order_id ?? "" }
}
const entered = async (trade: Trade, sku: string, quantity = GOODS.quantity): Promise<Subject & { order_id: string }> => {
  const { id } = await trade.enter(`whord_crash_${sku}`, { sku, quantity })
  return { sku, order_id: id }
}
const held = async (trade: Trade, sku: string): Promise<Subject> => {
  const { id } = await trade.enterHeld(`whord_crash_${sku}`, { sku, ...GOODS })
  return { sku, order_id: id }
}
const invoiced = async (trade: Trade, subject: Subject & { order_id: string }): Promise<Subject & { invoice_id: string }> => {
  const { id } = await trade.deliver(subject.order_id)
  return { ...subject, invoice_id: id }
}
const pay = (trade: Trade, { sku, invoice_id = "" }: Subject) =>
  trade.pay({ id: invoice_id }, TOTAL, `whpay_crash_${sku}`)
const paid = async (trade: Trade, sku: string): Promise<Subject> => {
  const subject = await invoiced(trade, await entered(trade, sku))
  await pay(trade, subject)
  return subject
}
/** Two orders of an account of their own, delivered; they wait to be put on one invoice. */
const waiting = async (trade: Trade, sku: string): Promise<Subject & { account_id: string; order_id: string }> => {
  const account_id = await trade.accountThatCollects(sku)
  const orders = await Promise.all(
    [1, 2].map((each) => trade.enter(`whord_crash_${sku}_${each}`, { sku, ...GOODS }, account_id))
  )
  for (const { id } of orders) {
    await trade.complete(id)
  }
  return { sku, account_id, order_id: orders[0].id }
}
const consolidate = (trade: Trade, { sku, account_id = "" }: Subject) => trade.consolidate(account_id, `whinvrun_crash_${sku}`)
/** On one invoice, which is paid and stands among the core orders as two. */
const consolidatedAndPaid = async (trade: Trade, sku: string): Promise<Subject> => {
  const subject = await waiting(trade, sku)
  const [{ id }] = await consolidate(trade, subject)
  await trade.pay({ id }, "40.00", `whpay_crash_${sku}`)
  await mirror(trade, { sku, invoice_id: id })
  return { ...subject, invoice_id: id }
}
const mirror = (trade: Trade, { invoice_id = "" }: Subject) => trade.mirror({ id: invoice_id })

/**
 * The verbs that move money or stock, or travel between the stores. Those whose documents travel begin
 * with a purchase order; where only the verb itself is looked at, the distributor enters the order.
 */
export const SCENES = {
  place: {
    prepare: (trade, sku) => purchaseOrder(trade, sku),
    act: (trade, { purchase_order_id = "" }) => trade.placeDraft(purchase_order_id),
  },
  place_over_limit: {
    prepare: (trade, sku) => purchaseOrder(trade, sku, TOO_DEAR),
    act: (trade, { purchase_order_id = "" }) => trade.placeDraft(purchase_order_id),
  },
  enter: {
    prepare: async (_, sku) => ({ sku }),
    act: (trade, { sku }) => trade.enter(`whord_crash_${sku}`, { sku, ...GOODS }),
  },
  enter_over_limit: {
    prepare: async (_, sku) => ({ sku }),
    act: (trade, { sku }) => trade.enter(`whord_crash_${sku}`, { sku, quantity: TOO_DEAR }),
  },
  approve: {
    prepare: bought,
    act: (trade, subject) => trade.approve(subject.order_id ?? "", operation(subject)),
  },
  approve_out_of_stock: {
    prepare: (trade, sku) => entered(trade, sku, TOO_MANY),
    act: (trade, subject) => trade.approve(subject.order_id ?? "", operation(subject)),
  },
  edit: {
    prepare: entered,
    act: (trade, subject) => trade.edit(subject.order_id ?? "", [5], operation(subject)),
  },
  edit_over_limit: {
    prepare: entered,
    act: (trade, subject) => trade.edit(subject.order_id ?? "", [TOO_DEAR], operation(subject)),
  },
  reject: {
    prepare: entered,
    act: (trade, subject) => trade.reject(subject.order_id ?? "", operation(subject)),
  },
  ship: {
    prepare: async (trade, sku) => {
      const subject = await entered(trade, sku)
      await trade.approve(subject.order_id)
      await trade.pack(subject.order_id)
      return subject
    },
    act: (trade, subject) => trade.ship(subject.order_id ?? "", operation(subject)),
  },
  deliver: {
    prepare: async (trade, sku) => {
      const subject = await entered(trade, sku)
      await trade.approve(subject.order_id)
      await trade.pack(subject.order_id)
      await trade.ship(subject.order_id)
      return subject
    },
    act: (trade, { order_id = "" }) => trade.advance(order_id, "deliver"),
  },
  pay: {
    prepare: async (trade, sku) => invoiced(trade, await bought(trade, sku)),
    act: pay,
  },
  /** A cheque bounces whose invoice stands among the core orders, and whose partner knows of it. */
  void_payment: {
    prepare: async (trade, sku) => {
      const subject = await invoiced(trade, await bought(trade, sku))
      await pay(trade, subject)
      await mirror(trade, subject)
      return subject
    },
    act: (trade, { sku }) => trade.voidPayment(`whpay_crash_${sku}`),
  },
  write_off: {
    prepare: async (trade, sku) => invoiced(trade, await bought(trade, sku)),
    act: (trade, { sku, invoice_id = "" }) => trade.writeOff({ id: invoice_id }, `whwoff_crash_${sku}`),
  },
  /** It is asked for again, and its partner was never told otherwise. */
  undo_write_off: {
    prepare: async (trade, sku) => {
      const subject = await invoiced(trade, await bought(trade, sku))
      await trade.writeOff({ id: subject.invoice_id }, `whwoff_crash_${sku}`)
      return subject
    },
    act: (trade, { invoice_id = "" }) => trade.undoWriteOff({ id: invoice_id }),
  },
  mirror: { prepare: paid, act: mirror },
  /** Whose order is cancelled after the crash, before anybody has looked what it left. */
  mirror_and_cancelled: { prepare: paid, act: mirror },
  cancel: {
    prepare: async (trade, sku) => {
      const subject = await paid(trade, sku)
      await mirror(trade, subject)
      return subject
    },
    act: (trade, subject) =>
      trade.cancel(subject.order_id ?? "", { goods_returned: true, operation_id: operation(subject) }),
  },
  cancel_as_asked: {
    prepare: async (trade, sku) => {
      const subject = await bought(trade, sku)
      await trade.approve(subject.order_id)
      await trade.askToCancel(subject.purchase_order_id ?? "")
      return subject
    },
    act: (trade, subject) => trade.cancel(subject.order_id ?? "", { operation_id: operation(subject) }),
  },
  refuse_to_cancel: {
    prepare: async (trade, sku) => {
      const subject = await bought(trade, sku)
      await trade.askToCancel(subject.purchase_order_id ?? "")
      return subject
    },
    act: (trade, { order_id = "" }) => trade.refuseToCancel(order_id),
  },
  /** Two orders on one invoice. */
  consolidate: { prepare: waiting, act: consolidate },
  /** Its orders wait to be invoiced again. */
  void_consolidated: {
    prepare: async (trade, sku) => {
      const subject = await waiting(trade, sku)
      const [{ id }] = await consolidate(trade, subject)
      return { ...subject, invoice_id: id }
    },
    act: (trade, { invoice_id = "" }) => trade.voidInvoice(invoice_id),
  },
  /** One of two orders on a paid invoice. */
  cancel_of_consolidated: {
    prepare: consolidatedAndPaid,
    act: (trade, subject) =>
      trade.cancel(subject.order_id ?? "", { goods_returned: true, operation_id: operation(subject) }),
  },
  approve_credit: {
    prepare: held,
    act: (trade, subject) =>
      trade.decide(subject.order_id ?? "", { decision: "approve", operation_id: operation(subject) }),
  },
  /** 10.00 of 20.00: one unit goes on, the other waits. */
  approve_credit_in_part: {
    prepare: held,
    act: (trade, subject) =>
      trade.decide(subject.order_id ?? "", {
        decision: "partial",
        amount: "10.00",
        operation_id: operation(subject),
      }),
  },
  decline_credit: {
    prepare: held,
    act: (trade, subject) =>
      trade.decide(subject.order_id ?? "", { decision: "decline", operation_id: operation(subject) }),
  },
} satisfies Record<string, Scene>

export type SceneName = keyof typeof SCENES
