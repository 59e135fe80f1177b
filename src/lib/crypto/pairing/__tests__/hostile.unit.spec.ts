import fc from "fast-check"

import type { PairingParty } from "../certificate"
import { initiatePairing } from "../initiate-pairing"
import type { Opening } from "../opening"
import { pairingFailed } from "../pairing-failed"
import { respondToPairing } from "../respond-to-pairing"
import type { Pairing, PairingAnswer, PairingSession } from "../session"
import type { PairingRole, PairingTerms } from "../terms"
import { lyingDistributor, lyingRetailer, openingOf } from "./liars"
import { pairingOf, replyOf, shown, storeOf, TERMS, visibleOf } from "./stores"

const SEED = 20261130
const REFUSED = shown(() => {
  throw pairingFailed()
})
const [corner, kiosk, harbour, depot, thief] = ["Corner Shop", "Kiosk", "Harbour", "Depot", "Thief"].map(storeOf)

/** Another code at the same slot, whose retailer the relay gives the same session id. */
const OTHER: PairingTerms = { ...TERMS, secret: "4QRS" }
/** What the relay guesses, and it is neither. */
const GUESSED: PairingTerms = { ...TERMS, secret: "2222" }

interface Part {
  readonly role: PairingRole
  readonly party: PairingParty
  readonly terms: PairingTerms
}

/** Sessions that there may be, by their place: two attempts by one code, one by another, and the relay's own. */
const CAST: readonly Part[] = [
  { role: "retailer", party: corner, terms: TERMS },
  { role: "distributor", party: harbour, terms: TERMS },
  { role: "retailer", party: corner, terms: TERMS },
  { role: "distributor", party: harbour, terms: TERMS },
  { role: "retailer", party: kiosk, terms: OTHER },
  { role: "distributor", party: depot, terms: OTHER },
  { role: "retailer", party: thief, terms: GUESSED },
  { role: "distributor", party: thief, terms: GUESSED },
]
const PAIRS = [
  [0, 1],
  [2, 3],
  [4, 5],
] as const
/** Two attempts crossed, two codes crossed, and the relay in the place of each side. */
const CROSSED = [
  [0, 3],
  [2, 1],
  [0, 5],
  [4, 1],
  [6, 1],
  [6, 5],
  [0, 7],
  [4, 7],
] as const

/** A session with all that it said and took. */
class Actor {
  readonly role: PairingRole
  readonly party: PairingParty
  readonly terms: PairingTerms
  readonly said: Buffer[] = []
  readonly took: Buffer[] = []
  isRefused = false
  /** Whether anything came while it was not over that its partner in `PAIRS` had not said just then. */
  isDisturbed = false
  pairing: Pairing | undefined
  private readonly session: PairingSession

  constructor({ role, party, terms }: Part) {
    this.role = role
    this.party = party
    this.terms = terms
    if (role === "distributor") {
      this.session = respondToPairing(terms, party)
      return
    }
    const { message, session } = initiatePairing(terms, party)
    this.session = session
    this.said.push(message)
  }

  get isOver(): boolean {
    return this.isRefused || this.pairing !== undefined
  }

  /** Takes a message, or refuses it by the one error and is over; what comes after that changes nothing. */
  hear(message: Buffer): void {
    const wasOver = this.isOver
    let answer: PairingAnswer
    try {
      answer = this.session.receive(message)
    } catch (error) {
      expect(visibleOf(error)).toEqual(REFUSED)
      this.isRefused ||= !wasOver
      return
    }
    expect(wasOver).toBe(false)
    this.took.push(message)
    this.said.push(...(answer.reply ? [answer.reply] : []))
    this.pairing = answer.pairing
  }
}

/** What a relay does with the next message of two sessions, or with any that it ever saw. */
const pair = fc.constantFrom(...PAIRS)
const pick = fc.nat()
const step = fc.oneof(
  { weight: 9, arbitrary: fc.record({ act: fc.constant("carry" as const), pair }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("cross" as const), pair: fc.constantFrom(...CROSSED) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("stray" as const), to: fc.nat({ max: 5 }), pick }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("repeat" as const), to: fc.nat({ max: 5 }), pick }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("flip" as const), pair, pick }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("cut" as const), pair, pick }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("lengthen" as const), pair, bytes: fc.uint8Array({ minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("noise" as const), pair, bytes: fc.uint8Array({ maxLength: 1_200 }) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("key" as const), pair, own: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("splice" as const), pair, pick, field: fc.nat({ max: 2 }) }) }
)
/** How many messages of each pairing arrive before the relay begins. */
const progress = fc.tuple(...PAIRS.map(() => fc.nat({ max: 4 })))
type Step = typeof step extends fc.Arbitrary<infer It> ? It : never

/** What comes before random steps: each act on each message, and each crossing. */
const EACH: [number[], Step[]][] = [
  ...([1, 2, 3, 4] as const).flatMap((due) => {
    const [pair, to] = [PAIRS[0], due % 2]
    const steps: Step[] = [
      { act: "stray", to, pick: 0 },
      { act: "repeat", to, pick: 0 },
      { act: "flip", pair, pick: 8 * 33 },
      { act: "cut", pair, pick: 33 },
      { act: "lengthen", pair, bytes: new Uint8Array(1) },
      { act: "noise", pair, bytes: new Uint8Array(34) },
      { act: "key", pair, own: true },
      { act: "key", pair, own: false },
      ...[0, 1, 2].map((field) => ({ act: "splice" as const, pair, pick: 0, field })),
    ]
    // The second pairing is one message ahead: the same message of another session can take the place of this.
    return steps.map((one): [number[], Step[]] => [[due - 1, due, 0], [one]])
  }),
  ...CROSSED.map((pair): [number[], Step[]] => [[0, 0, 0], [{ act: "cross", pair }]]),
]

/** A relay with sessions that it brings together, or does not. */
class Relay {
  private readonly sessions = new Map<number, Actor>()
  /** What was done to sessions that were not over, with the number of the message that was due: `flip 3`. */
  readonly met: string[] = []

  constructor(private readonly thiefs: Buffer) {}

  /** Begins when something is first done to it. */
  actor(place: number): Actor {
    const known = this.sessions.get(place) ?? new Actor(CAST[place])
    this.sessions.set(place, known)
    return known
  }

  hasBegun(places: readonly number[]): boolean {
    return places.some((place) => this.sessions.has(place))
  }

  get actors(): readonly Actor[] {
    return [...this.sessions.values()]
  }

  /** What one of two sessions waits for and the other has said. */
  next(places: readonly [number, number]): { to: Actor; message: Buffer } | undefined {
    const [left, right] = places.map((place) => this.actor(place))
    const due = [
      { to: right, message: left.said[right.took.length] },
      { to: left, message: right.said[left.took.length] },
    ]
    return due.find(({ to, message }) => !to.isOver && message !== undefined)
  }

  perform(one: Step): void {
    if (one.act === "stray" || one.act === "repeat") {
      const to = this.actor(one.to)
      const messages = one.act === "stray" ? this.actors.flatMap(({ said }) => said) : to.took
      if (messages.length > 0) {
        this.deliver(one, to, messages[one.pick % messages.length])
      }
      return
    }
    // Crossed sessions go on with one another as long as they do.
    for (let left = one.act === "cross" ? 4 : 1; left > 0; left--) {
      const next = this.next(one.pair)
      if (next) {
        this.deliver(one, next.to, this.changed(one, next.message))
      }
    }
  }

  private deliver(one: Step, to: Actor, message: Buffer): void {
    if (!to.isOver) {
      this.met.push(`${one.act} ${2 * to.took.length + (to.role === "retailer" ? 2 : 1)}`)
      to.isDisturbed ||= one.act !== "carry"
    }
    to.hear(message)
  }

  private changed(one: Exclude<Step, { act: "stray" | "repeat" }>, message: Buffer): Buffer {
    const copy = Buffer.from(message)
    switch (one.act) {
      case "carry":
      case "cross":
        return message
      case "flip":
        copy[(one.pick >> 3) % copy.length] ^= 1 << (one.pick & 7)
        return copy
      case "cut":
        return copy.subarray(0, one.pick % copy.length)
      case "lengthen":
        return Buffer.concat([copy, one.bytes])
      case "noise":
        return Buffer.from(one.bytes)
      case "key":
        // Where a share stands in messages 1 and 2, and a confirmation in 3 and 4: the relay's own share, or none.
        copy.set(one.own ? this.thiefs.subarray(2, 34) : Buffer.alloc(32), 2)
        return copy
      case "splice": {
        // Share or confirmation, what follows it, or all that is left, from another message of this number.
        const others = this.actors.flatMap(({ said }) => said.filter((it) => it[1] === message[1] && it !== message))
        const other = others.length > 0 ? others[one.pick % others.length] : copy
        const start = message[1] === 4 ? 2 : 2 + 32 * one.field
        const end = one.field === 2 ? copy.length : start + 32
        return Buffer.concat([copy.subarray(0, start), other.subarray(start, end), copy.subarray(end)])
      }
    }
  }
}

const isBeginning = (some: readonly Buffer[], all: readonly Buffer[]): boolean =>
  some.every((message, index) => all[index]?.equals(message))

/** Whether two sessions said to one another what each took: all of it, but for what is still under way. */
const metEachOther = (one: Actor, other: Actor): boolean =>
  one.role !== other.role && isBeginning(one.took, other.said) && isBeginning(other.took, one.said)

const partnerOf = ({ party }: Actor) => ({
  identity_key: party.identity.public_key,
  connection_key: party.connection.public_key,
  mailboxes: party.mailboxes,
  profile: party.profile,
})

/** Who is paired is so with one session of the other role by the same code, and has what that has. */
function expectNobodyDeceived(actors: readonly Actor[]): void {
  const paired = actors.flatMap((actor) => (actor.pairing ? [{ actor, pairing: actor.pairing }] : []))
  for (const { actor, pairing } of paired) {
    const { partner, ...common } = pairing
    const others = actors.filter((it) => metEachOther(actor, it))
    expect(others).toHaveLength(1)
    const [other] = others
    expect(actor.took).toHaveLength(2)
    expect(other.terms).toEqual(actor.terms)
    expect([actor.party, other.party]).not.toContain(thief)
    expect(partner).toEqual(partnerOf(other))
    if (other.pairing) {
      const { partner: back, ...ofOther } = other.pairing
      expect(back).toEqual(partnerOf(actor))
      expect(ofOther).toEqual(common)
    } else {
      // The distributor is through one message earlier.
      expect(actor.role).toBe("distributor")
    }
  }
  for (const role of ["retailer", "distributor"]) {
    const keys = paired.flatMap(({ actor, pairing }) => (actor.role === role ? [pairing.root_key.toString("hex")] : []))
    expect(new Set(keys).size).toBe(keys.length)
  }
}

describe("a hostile relay", () => {
  it("may do what it likes with two pairings and a third: who is paired is so with whom he believes, and who was not disturbed is", () => {
    const met = new Set<string>()
    const ends = { both: 0, distributor: 0, none: 0 }
    const steps = fc.array(step, { minLength: 2, maxLength: 12, size: "max" })
    fc.assert(
      fc.property(progress, steps, (carried, performed) => {
        const relay = new Relay(initiatePairing(GUESSED, thief).message)
        const before = PAIRS.flatMap((pair, index) => Array<Step>(carried[index]).fill({ act: "carry", pair }))
        for (const one of [...before, ...performed]) {
          relay.perform(one)
          expectNobodyDeceived(relay.actors)
        }
        // Honest from here on: what was late comes at last.
        for (const pair of PAIRS.filter((places) => relay.hasBegun(places))) {
          for (let next = relay.next(pair); next; next = relay.next(pair)) {
            next.to.hear(next.message)
          }
          expectNobodyDeceived(relay.actors)
          const [retailer, distributor] = pair.map((place) => relay.actor(place))
          const count = [retailer, distributor].filter(({ pairing }) => pairing).length
          if (!retailer.isDisturbed && !distributor.isDisturbed) {
            expect(count).toBe(2)
          }
          ends[count === 2 ? "both" : distributor.pairing ? "distributor" : "none"] += 1
        }
        relay.met.forEach((it) => met.add(it))
      }),
      { examples: EACH, numRuns: EACH.length + 24, seed: SEED }
    )
    // It did each of these to sessions that waited for each message, and pairings ended in every way they can.
    const acts = ["carry", "cross", "stray", "flip", "cut", "lengthen", "noise", "key", "splice"]
    const all = acts.flatMap((act) => [1, 2, 3, 4].map((number) => `${act} ${number}`))
    // Nothing has come yet that could be repeated where message 1 or 2 is due.
    expect([...all, "repeat 3", "repeat 4"].filter((it) => !met.has(it))).toEqual([])
    expect(Object.values(ends).every((times) => times > 0)).toBe(true)
  })

  it("that knows the secret pairs with both sides, in whatever order it goes and whatever it copies: their verifiers differ", () => {
    // What it does next with the retailer or with the distributor, twice each.
    const orders = fc.shuffledSubarray(["retailer", "distributor", "retailer", "distributor"] as const, { minLength: 4 })
    fc.assert(
      fc.property(orders, fc.boolean(), fc.boolean(), (order, copiesNonce, hasOneKey) => {
        const { towardsRetailer, towardsDistributor } = impostors(hasOneKey)
        const middle = new Middle(towardsRetailer, towardsDistributor, copiesNonce)
        order.forEach((side) => middle.goOn(side))
        const { retailer, distributor } = middle.pairings
        expect(retailer.partner.identity_key).toEqual(towardsRetailer.identity.public_key)
        expect(distributor.partner.identity_key).toEqual(towardsDistributor.identity.public_key)
        expect(retailer.partner.profile).toEqual(harbour.profile)
        expect(distributor.partner.profile).toEqual(corner.profile)
        expect(retailer.root_key).not.toEqual(distributor.root_key)
        expect(retailer.connection_id).not.toBe(distributor.connection_id)
        expect(retailer.verifier).not.toBe(distributor.verifier)
      }),
      { numRuns: 40, seed: SEED }
    )
  })
})

/** Who shows each side the other's profile and mailboxes, under keys of his own: one pair of them, or two. */
function impostors(hasOneKey: boolean): { towardsRetailer: PairingParty; towardsDistributor: PairingParty } {
  const keys = hasOneKey ? thief : storeOf("Thief's other")
  return {
    towardsRetailer: { ...thief, profile: harbour.profile, mailboxes: harbour.mailboxes },
    towardsDistributor: {
      identity: keys.identity,
      connection: keys.connection,
      profile: corner.profile,
      mailboxes: corner.mailboxes,
    },
  }
}

/** Somebody between two stores who knows their code. */
class Middle {
  private readonly retailer = initiatePairing(TERMS, corner)
  private readonly distributor = respondToPairing(TERMS, harbour)
  private left: { liar: ReturnType<typeof lyingDistributor>; third: Buffer } | undefined
  private right: { liar: ReturnType<typeof lyingRetailer>; opening: Opening; second: Buffer } | undefined
  private paired: { retailer?: Pairing; distributor?: Pairing } = {}

  constructor(
    private readonly towardsRetailer: PairingParty,
    private readonly towardsDistributor: PairingParty,
    /** Whether he opens with the nonce that one side showed him towards the other, where he has it by then. */
    private readonly copiesNonce: boolean
  ) {}

  goOn(side: PairingRole): void {
    const steps = {
      retailer: () => (this.left ? this.concludeLeft() : this.answerLeft()),
      distributor: () => (this.right ? this.concludeRight() : this.beginRight()),
    }
    steps[side]()
  }

  get pairings(): { retailer: Pairing; distributor: Pairing } {
    const { retailer, distributor } = this.paired
    return { retailer: pairingOf({ pairing: retailer }), distributor: pairingOf({ pairing: distributor }) }
  }

  private answerLeft(): void {
    const copied = this.right && this.copiesNonce ? { nonce: this.right.liar.opened(this.right.second).nonce } : {}
    const opening = { ...openingOf(this.towardsRetailer, "distributor", TERMS), ...copied }
    const liar = lyingDistributor(TERMS, this.retailer.message, opening)
    this.left = { liar, third: replyOf(this.retailer.session.receive(liar.message)) }
  }

  private concludeLeft(): void {
    const { liar, third } = defined(this.left)
    const fourth = liar.conclude(third, this.towardsRetailer.connection.private_key)
    this.paired = { ...this.paired, retailer: pairingOf(this.retailer.session.receive(fourth)) }
  }

  private beginRight(): void {
    const copied = this.left && this.copiesNonce ? { nonce: this.left.liar.opened(this.left.third).nonce } : {}
    const opening = { ...openingOf(this.towardsDistributor, "retailer", TERMS), ...copied }
    const liar = lyingRetailer(TERMS, opening, this.towardsDistributor.connection.private_key)
    this.right = { liar, opening, second: replyOf(this.distributor.receive(liar.message)) }
  }

  private concludeRight(): void {
    const { liar, opening, second } = defined(this.right)
    this.paired = { ...this.paired, distributor: pairingOf(this.distributor.receive(liar.answer(second, opening))) }
  }
}

function defined<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new Error("That leg has not begun.")
  }
  return value
}
