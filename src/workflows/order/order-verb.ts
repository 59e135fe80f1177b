import type { Actor } from "../../lib/actor/actor"

/** What every verb on an order is told. */
export interface OrderVerbInput {
  readonly id: string
  readonly store_id: string
  readonly actor: Actor
  /** The intent row. A caller that may come again gives the same; a new one is made otherwise. */
  readonly operation_id?: string
  /** When it happened, ISO 8601; now, unless history is replayed. */
  readonly at?: string
}

export const timeOf = (at: string | undefined): Date | undefined =>
  at === undefined ? undefined : new Date(at)
