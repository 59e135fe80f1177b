import { WholesaleError } from "../errors/wholesale-error"

/**
 * One row of a machine: the event, the states it may happen in, and the state it leads to.
 * `when` names a condition of the document (its fulfilment method, say) that the caller answers.
 */
export interface Transition<State extends string, Event extends string, Condition extends string> {
  readonly event: Event
  readonly from: readonly State[]
  readonly to: State
  readonly when?: Condition
}

export interface MachineTable<
  State extends string,
  Event extends string,
  Condition extends string = never,
> {
  readonly document: string
  readonly states: readonly State[]
  readonly initial: State
  readonly transitions: readonly Transition<State, Event, Condition>[]
}

export interface StateMachine<
  State extends string,
  Event extends string,
  Condition extends string = never,
> extends MachineTable<State, Event, Condition> {
  readonly events: readonly Event[]
  /** The events that may happen now, in the order of the table. */
  allowedEvents(state: State, holds?: (condition: Condition) => boolean): Event[]
  /** The state after the event, or undefined where the event may not happen. */
  next(state: State, event: Event, holds?: (condition: Condition) => boolean): State | undefined
  /**
   * The state after the event.
   * @throws WholesaleError 409 `not_allowed` with `status`, `event` and `allowed_events`
   */
  advance(input: {
    id: string
    number?: string | null
    state: State
    event: Event
    holds?: (condition: Condition) => boolean
  }): State
}

/**
 * Builds a machine from its table.
 *
 * @throws when a state cannot be reached from the initial one, or two rows answer the same state, event and condition:
 * a table like that is a programming error and must not start.
 */
export function defineMachine<
  State extends string,
  Event extends string,
  Condition extends string = never,
>(table: MachineTable<State, Event, Condition>): StateMachine<State, Event, Condition> {
  assertSound(table)
  const events = [...new Set(table.transitions.map((transition) => transition.event))]

  const matching = (state: State, holds: (condition: Condition) => boolean) =>
    table.transitions.filter(
      (transition) =>
        transition.from.includes(state) &&
        (transition.when === undefined || holds(transition.when))
    )

  const machine: StateMachine<State, Event, Condition> = {
    ...table,
    events,
    allowedEvents: (state, holds = () => false) => [
      ...new Set(matching(state, holds).map((transition) => transition.event)),
    ],
    next: (state, event, holds = () => false) =>
      matching(state, holds).find((transition) => transition.event === event)?.to,
    advance: ({ id, number, state, event, holds }) => {
      const next = machine.next(state, event, holds)
      if (next === undefined) {
        throw eventNotAllowed({
          document: table.document,
          id,
          number,
          status: state,
          event,
          allowedEvents: machine.allowedEvents(state, holds),
        })
      }
      return next
    },
  }
  return machine
}

/**
 * The one error for a verb that the document's state does not allow. Its sentence names the document by
 * its number, as people know it, and by its id where it has none.
 */
export function eventNotAllowed(refusal: {
  document: string
  id: string
  number?: string | null
  status: string
  event: string
  allowedEvents: readonly string[]
}): WholesaleError {
  const { document, id, number, status, event, allowedEvents } = refusal
  const named = `${document.charAt(0).toUpperCase()}${document.slice(1)} ${number ?? id}`
  const wayOut = allowedEvents.length
    ? `Allowed now: ${allowedEvents.join(", ")}.`
    : "Nothing more can be done with it."
  return new WholesaleError(
    409,
    "not_allowed",
    `${named} is ${status} and does not allow ${event}. ${wayOut}`,
    { document, id, status, event, allowed_events: [...allowedEvents] }
  )
}

function assertSound<State extends string, Event extends string, Condition extends string>(
  table: MachineTable<State, Event, Condition>
): void {
  const seen = new Set<string>()
  for (const transition of table.transitions) {
    for (const from of transition.from) {
      const row = `${from} × ${transition.event} × ${transition.when ?? "always"}`
      if (seen.has(row)) {
        throw new Error(`${table.document}: ${row} stands twice in its state machine.`)
      }
      seen.add(row)
    }
  }
  const reached = reachableStates(table)
  const unreachable = table.states.filter((state) => !reached.has(state))
  if (unreachable.length) {
    throw new Error(`${table.document}: no event leads to ${unreachable.join(", ")}.`)
  }
}

/** The initial state and whatever follows from it; a circle of states apart from it is not reached. */
function reachableStates<State extends string, Event extends string, Condition extends string>(
  table: MachineTable<State, Event, Condition>
): ReadonlySet<State> {
  const reached = new Set<State>([table.initial])
  for (const state of reached) {
    for (const transition of table.transitions) {
      if (transition.from.includes(state)) {
        reached.add(transition.to)
      }
    }
  }
  return reached
}
