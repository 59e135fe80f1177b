import { WholesaleError } from "../../errors/wholesale-error"
import { defineMachine, eventNotAllowed, MachineTable } from "../state-machine"

type State = "open" | "sent" | "collected" | "closed"
type Event = "send" | "collect" | "close"
type Condition = "by_post" | "at_counter"

const PARCEL: MachineTable<State, Event, Condition> = {
  document: "Parcel",
  states: ["open", "sent", "collected", "closed"],
  initial: "open",
  transitions: [
    { event: "send", from: ["open"], to: "sent", when: "by_post" },
    { event: "collect", from: ["open"], to: "collected", when: "at_counter" },
    { event: "close", from: ["open", "sent", "collected"], to: "closed" },
  ],
}

const machine = defineMachine(PARCEL)
const byPost = (condition: Condition) => condition === "by_post"
const atCounter = (condition: Condition) => condition === "at_counter"

describe("defineMachine", () => {
  it("lists each event once, in the order of the table", () => {
    expect(machine.events).toEqual(["send", "collect", "close"])
  })

  const pairs: [State, Event, State | undefined, State | undefined][] = [
    // state, event, by post, at the counter
    ["open", "send", "sent", undefined],
    ["open", "collect", undefined, "collected"],
    ["open", "close", "closed", "closed"],
    ["sent", "send", undefined, undefined],
    ["sent", "collect", undefined, undefined],
    ["sent", "close", "closed", "closed"],
    ["collected", "send", undefined, undefined],
    ["collected", "collect", undefined, undefined],
    ["collected", "close", "closed", "closed"],
    ["closed", "send", undefined, undefined],
    ["closed", "collect", undefined, undefined],
    ["closed", "close", undefined, undefined],
  ]

  it.each(pairs)("leads from %s by %s to %s by post and to %s at the counter", (state, event, post, counter) => {
    expect(machine.next(state, event, byPost)).toBe(post)
    expect(machine.next(state, event, atCounter)).toBe(counter)
    expect(machine.allowedEvents(state, byPost).includes(event)).toBe(post !== undefined)
    expect(machine.allowedEvents(state, atCounter).includes(event)).toBe(counter !== undefined)
  })

  it("takes no conditional row when nobody answers for the document", () => {
    expect(machine.allowedEvents("open")).toEqual(["close"])
    expect(machine.next("open", "send")).toBeUndefined()
  })

  it("advances, or says what may be done instead", () => {
    expect(machine.advance({ id: "p_1", state: "open", event: "send", holds: byPost })).toBe("sent")
    const refused = catching(() => machine.advance({ id: "p_1", state: "open", event: "send", holds: atCounter }))
    expect(refused).toMatchObject({
      status: 409,
      code: "not_allowed",
      message: "Parcel p_1 is open and does not allow send. Allowed now: collect, close.",
      details: {
        document: "Parcel",
        id: "p_1",
        status: "open",
        event: "send",
        allowed_events: ["collect", "close"],
      },
    })
  })

  it("offers an event once although two rows allow it", () => {
    const both = defineMachine<State, Event, Condition>({
      ...PARCEL,
      transitions: [
        ...PARCEL.transitions,
        { event: "close", from: ["open"], to: "closed", when: "by_post" },
      ],
    })
    expect(both.allowedEvents("open", byPost)).toEqual(["send", "close"])
  })
})

describe("a table that must not start", () => {
  it("has a state that no event leads to", () => {
    expect(() => defineMachine({ ...PARCEL, states: [...PARCEL.states, "lost" as State] })).toThrow(
      "Parcel: no event leads to lost."
    )
  })

  it("has a circle of states that cannot be entered", () => {
    const circle: MachineTable<"a" | "b" | "c", "turn"> = {
      document: "Wheel",
      states: ["a", "b", "c"],
      initial: "a",
      transitions: [
        { event: "turn", from: ["b"], to: "c" },
        { event: "turn", from: ["c"], to: "b" },
      ],
    }
    expect(() => defineMachine(circle)).toThrow("Wheel: no event leads to b, c.")
  })

  it("answers one state, event and condition twice", () => {
    expect(() =>
      defineMachine({
        ...PARCEL,
        transitions: [...PARCEL.transitions, { event: "close", from: ["sent"], to: "collected" }],
      })
    ).toThrow("Parcel: sent × close × always stands twice in its state machine.")
  })
})

describe("eventNotAllowed", () => {
  it("says so when nothing is left to do", () => {
    const refusal = { document: "Parcel", id: "p_1", status: "closed", event: "send", allowedEvents: [] }
    expect(eventNotAllowed(refusal).message).toBe(
      "Parcel p_1 is closed and does not allow send. Nothing more can be done with it."
    )
  })

  it("names a document by its number in the sentence, which begins as a sentence does", () => {
    const refusal = { document: "parcel", id: "p_1", number: "PCL-7", status: "open", event: "send", allowedEvents: ["close"] }
    expect(eventNotAllowed(refusal)).toMatchObject({
      message: "Parcel PCL-7 is open and does not allow send. Allowed now: close.",
      details: { document: "parcel", id: "p_1" },
    })
  })
})

function catching(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(WholesaleError)
    return error
  }
  throw new Error("Nothing was thrown.")
}
