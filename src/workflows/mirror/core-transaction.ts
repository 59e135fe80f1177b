import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type {
  BigNumberInput,
  Context,
  CreateOrderDTO,
  IEventBusModuleService,
  IOrderModuleService,
  IPaymentModuleService,
  Logger,
  MedusaContainer,
  RefundDTO,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaContextType, MessageAggregator, Modules } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"

/** Core's generated method, which takes an id where `refundPayment` gives one at random. */
interface RefundsById {
  createRefunds(
    refunds: {
      id: string
      payment: string
      amount: BigNumberInput
      note?: string
      metadata?: Record<string, unknown>
    }[],
    sharedContext?: Context
  ): Promise<RefundDTO[]>
}

/**
 * What core's `createOrders` does before it reads the orders back with all their relations and totals,
 * which takes longer than writing them and which nobody here looks at.
 */
interface OrdersWithoutReading {
  createOrders_(orders: CreateOrderDTO[], sharedContext: Context): Promise<object[]>
}

/** Service classes keep their repository public at run time; their interfaces leave it out. */
interface InTransaction {
  baseRepository_: {
    transaction<T>(
      task: (manager: EntityManager) => Promise<T>,
      options?: { transaction?: unknown; enableNestedTransactions?: boolean }
    ): Promise<T>
  }
}

/** The order and the payment module, both writing in one database transaction. */
export interface CoreTransaction {
  readonly manager: EntityManager
  readonly orders: IOrderModuleService & OrdersWithoutReading
  readonly orderContext: Context<EntityManager>
  readonly payments: IPaymentModuleService & RefundsById
  readonly paymentContext: Context<EntityManager>
}

/**
 * Runs work on core's order and payment module in one database transaction: all of it is committed
 * or none. Both modules write through the one PostgreSQL connection that Medusa shares among its
 * modules, the payment module in a savepoint of the order module's transaction.
 *
 * Each method of a module sends its events when it ends; they are kept until the commit.
 */
export async function inCoreTransaction<T>(
  container: MedusaContainer,
  work: (transaction: CoreTransaction) => Promise<T>
): Promise<T> {
  const orders = container.resolve<IOrderModuleService & OrdersWithoutReading & InTransaction>(Modules.ORDER)
  const payments = container.resolve<IPaymentModuleService & RefundsById & InTransaction>(Modules.PAYMENT)
  const messageAggregator = new EventsUntilCommit()
  const contextOf = (transactionManager: EntityManager): Context<EntityManager> => ({
    transactionManager,
    messageAggregator,
    // Inside a workflow a context without its type is thrown away, and with it the transaction.
    __type: MedusaContextType,
  })

  const result = await orders.baseRepository_.transaction((manager) =>
    payments.baseRepository_.transaction(
      (paymentManager) =>
        work({
          manager,
          orders,
          orderContext: contextOf(manager),
          payments,
          paymentContext: contextOf(paymentManager),
        }),
      { transaction: manager.getTransactionContext(), enableNestedTransactions: true }
    )
  )
  await messageAggregator.send(container)
  return result
}

class EventsUntilCommit extends MessageAggregator {
  /** What the modules' decorator asks before it sends. */
  override count(): number {
    return 0
  }

  /** The events tell of what is committed; one that is lost must not fail it. */
  async send(container: MedusaContainer): Promise<void> {
    const messages = Object.values(this.getMessages()).flat()
    if (messages.length === 0) {
      return
    }
    try {
      await container
        .resolve<IEventBusModuleService>(Modules.EVENT_BUS)
        .emit(messages, { internal: true })
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(`Order events were not sent: ${messageOf(error)}`)
    }
  }
}
