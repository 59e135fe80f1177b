import { workOf } from "../../__tests__/work"
import type { Role } from "../../envelope/direction-key"
import { openMessage } from "../../envelope/message"
import { generateX25519, x25519PublicKey } from "../../x25519"
import { receive } from "../receive"
import { REKEY_AFTER_MESSAGES, REKEY_AFTER_MS, rekeyDue, takeAccept, takeOffer, withOffer } from "../rekey"
import { sendOffer } from "../send"
import { receivingKeys, startSession, type SessionState } from "../state"
import { beat, hear, newPair, newSide, NOW, offer, ROOT, say, settle, stateOf, type Side } from "./pair"

const start = (role: Role): SessionState =>
  startSession({ root_key: ROOT, role, connection_id: "whpair_1", now_ms: NOW })

/** Two states after one has offered and the other accepted. */
function rekeyed(): { offering: SessionState; accepting: SessionState } {
  const { state, offer: offered } = withOffer(start("retailer"))
  const taken = takeOffer(start("distributor"), offered, NOW)
  if (taken.outcome !== "begun" || !taken.accept) {
    throw new Error("not accepted")
  }
  return { offering: takeAccept(state, taken.accept, NOW).state, accepting: taken.state }
}

describe("rekeyDue", () => {
  const state = start("retailer")

  it.each([
    ["a new epoch", state, NOW, false],
    ["a day less a millisecond", state, NOW + REKEY_AFTER_MS - 1, false],
    ["a day", state, NOW + REKEY_AFTER_MS, true],
    ["999 messages", { ...state, epoch_messages: REKEY_AFTER_MESSAGES - 1 }, NOW, false],
    ["1,000 messages", { ...state, epoch_messages: REKEY_AFTER_MESSAGES }, NOW, true],
    ["an offer that waits", withOffer({ ...state, epoch_messages: 5000 }).state, NOW + REKEY_AFTER_MS, false],
  ])("after %s", (_, given, now, due) => {
    expect(rekeyDue(given, now)).toBe(due)
  })

  it("counts every message that this side seals, from the epoch's beginning", () => {
    const pair = newPair()
    say(pair.retailer)
    beat(pair.retailer)
    expect(stateOf(pair.retailer).epoch_messages).toBe(2)
    offer(pair.distributor)
    settle(pair)
    expect(stateOf(pair.retailer)).toMatchObject({ epoch: 1, epoch_messages: 0 })
  })
})

describe("rekeying", () => {
  it("brings both sides to the same next root, which neither had before", () => {
    const { offering, accepting } = rekeyed()
    expect([offering.epoch, accepting.epoch]).toEqual([1, 1])
    expect(offering.root).toBe(accepting.root)
    expect(offering.root).not.toBe(start("retailer").root)
    expect(offering.sending).toEqual({ ...accepting.receiving[0], last_sequence: undefined })
    expect(rekeyed().offering.root).not.toBe(offering.root)
  })

  it("leaves no ephemeral key, no old root and no old sending key behind", () => {
    const [own, other] = [generateX25519(), generateX25519()]
    const privates = [own, other].map(({ private_key }) => private_key.toString("base64"))
    const before = withOffer(start("retailer"), () => own)
    expect(JSON.stringify(before.state)).toContain(privates[0])
    const taken = takeOffer(start("distributor"), before.offer, NOW, () => other)
    const accept = taken.outcome === "begun" ? taken.accept : undefined
    const after = accept && takeAccept(before.state, accept, NOW)
    const texts = JSON.stringify([after?.state, taken.state])
    for (const key of privates) {
      expect(texts).not.toContain(key)
    }
    expect(other.private_key).toEqual(Buffer.alloc(32))
    expect(texts).not.toContain(before.state.root)
    expect(JSON.stringify(after?.state)).not.toContain(before.state.sending.key)
    expect(JSON.stringify(taken.state)).not.toContain(start("distributor").sending.key)
  })

  it("offers once: an offer that waits is offered again as it is, and not sent again", () => {
    const { state, offer: first } = withOffer(start("retailer"))
    expect(withOffer(state)).toEqual({ state, offer: first })
    expect(sendOffer(state, { now_ms: NOW })).toEqual({ state })
  })

  it("changes nothing when the same offer or acceptance is applied again", () => {
    const { state, offer: offered } = withOffer(start("retailer"))
    const taken = takeOffer(start("distributor"), offered, NOW)
    expect(takeOffer(taken.state, offered, NOW)).toEqual({ outcome: "nothing", state: taken.state })
    const accept = taken.outcome === "begun" && taken.accept ? taken.accept : offered
    const after = takeAccept(state, accept, NOW)
    expect(takeAccept(after.state, accept, NOW)).toEqual({ outcome: "nothing", state: after.state })
  })

  it("changes nothing when a message that brought it comes again", () => {
    const pair = newPair()
    offer(pair.retailer)
    settle(pair)
    const before = [pair.distributor.text, pair.retailer.text]
    const [offered] = pair.retailer.sent
    const [accepted] = pair.distributor.sent
    // The receiving key of epoch 0 is kept by who accepted, until the first message of epoch 1.
    expect(hear(pair.distributor, offered).outcome).toBe("known")
    expect(hear(pair.retailer, accepted).outcome).toBe("refused")
    expect([pair.distributor.text, pair.retailer.text]).toEqual(before)
  })

  it("is made anew where the transaction that took the offer was lost", () => {
    const pair = newPair()
    const offered = offer(pair.retailer)
    const lost = receive(stateOf(pair.distributor), offered.bytes, pair.distributor)
    hear(pair.distributor, offered)
    expect(stateOf(pair.distributor).root).not.toBe(lost.state.root)
    settle(pair)
    expect(stateOf(pair.retailer).root).toBe(stateOf(pair.distributor).root)
  })

  it.each<[string, Role[]]>([
    ["the distributor's arrives first", ["retailer", "distributor"]],
    ["the retailer's arrives first", ["distributor", "retailer"]],
  ])("takes the distributor's of two offers that cross, when %s", (_, order) => {
    const pair = newPair()
    const offers = { distributor: offer(pair.distributor), retailer: offer(pair.retailer) }
    for (const to of order) {
      const received = hear(pair[to], offers[to === "distributor" ? "retailer" : "distributor"])
      expect(received.outcome === "next" && received.reply?.type).toBe(to === "retailer" ? "rekey_accept" : undefined)
    }
    settle(pair)
    const [distributor, retailer] = [stateOf(pair.distributor), stateOf(pair.retailer)]
    expect([distributor.epoch, retailer.epoch]).toEqual([1, 1])
    expect(distributor.root).toBe(retailer.root)
    expect([distributor.offer, retailer.offer]).toEqual([null, null])
  })

  it("goes on for many epochs, offered by either or both, with messages in between", () => {
    const pair = newPair()
    for (let epoch = 1; epoch <= 12; epoch++) {
      say(pair.distributor)
      const { distributor, retailer } = pair
      const offering = [[distributor, retailer], [distributor], [retailer]][epoch % 3]
      offering.forEach(offer)
      say(pair.retailer)
      settle(pair)
      const [left, right] = [stateOf(pair.distributor), stateOf(pair.retailer)]
      expect([left.epoch, right.epoch, left.root]).toEqual([epoch, epoch, right.root])
      expect(Math.max(left.receiving.length, right.receiving.length)).toBeLessThanOrEqual(2)
    }
  })

  it.each([
    ["an epoch too far ahead", { epoch: 2, public_key: generateX25519().public_key }],
    ["a public key of low order", { epoch: 1, public_key: Buffer.alloc(32) }],
  ])("takes no offer or acceptance of %s", (_, wrong) => {
    const { state } = withOffer(start("retailer"))
    expect(takeOffer(start("distributor"), wrong, NOW)).toEqual({ outcome: "impossible", state: start("distributor") })
    expect(takeAccept(state, wrong, NOW)).toEqual({ outcome: "impossible", state })
  })

  it("takes no acceptance of an offer it has not made", () => {
    const accept = { epoch: 1, public_key: x25519PublicKey(Buffer.alloc(32, 3)) }
    expect(takeAccept(start("retailer"), accept, NOW).outcome).toBe("impossible")
  })
})

describe("the receiving key of an old epoch", () => {
  const epochs = (side: Side) => stateOf(side).receiving.map(({ epoch }) => epoch)

  it("is kept while a message of it is missing, and erased with the last in order", () => {
    const { distributor, retailer } = newPair()
    const offered = offer(retailer)
    const late = [say(retailer), say(retailer)]
    hear(distributor, offered)
    hear(retailer, distributor.sent[0])
    const first = say(retailer)
    expect(epochs(distributor)).toEqual([1, 0])

    // The first message of epoch 1 arrives before two of epoch 0, and tells that those are the last.
    expect(hear(distributor, first)).toMatchObject({ outcome: "early", gap: { from: 2, to: 3 } })
    expect(stateOf(distributor).receiving[1].last_sequence).toBe(3)
    expect(hear(distributor, late[1])).toMatchObject({ outcome: "early", gap: { from: 2, to: 2 } })
    hear(distributor, late[0])
    expect(epochs(distributor)).toEqual([1, 0])
    hear(distributor, late[1])
    expect(epochs(distributor)).toEqual([1])
    expect(hear(distributor, first).outcome).toBe("next")
  })

  it("is erased at once by who offered: the acceptance is the last message of its epoch", () => {
    const pair = newPair()
    offer(pair.retailer)
    settle(pair)
    expect(epochs(pair.retailer)).toEqual([1])
  })

  it("is erased upon a heartbeat of the next epoch, where nothing else is sent", () => {
    const pair = newPair()
    say(pair.retailer)
    offer(pair.retailer)
    settle(pair)
    expect(epochs(pair.distributor)).toEqual([1, 0])
    hear(pair.distributor, beat(pair.retailer))
    expect(epochs(pair.distributor)).toEqual([1])
  })

  it("opens nothing that claims to come after its epoch's last message", () => {
    const { distributor, retailer } = newPair()
    const offered = offer(retailer)
    const missing = say(retailer)
    // A thief of the old epoch's key goes on from there.
    const thief: Side = { ...retailer, sent: [] }
    hear(distributor, offered)
    hear(retailer, distributor.sent[0])
    hear(distributor, say(retailer))
    const outcomes = [say(thief), beat(thief)].map((message) => hear(distributor, message).outcome)
    expect(outcomes).toEqual(["refused", "refused"])
    expect(hear(distributor, missing).outcome).toBe("next")
  })

  it("tells nothing when it is gone: whatever the cause, a message is refused alike, after the same work, with nothing changed", () => {
    const { distributor, retailer } = newPair()
    const erased = say(retailer)
    hear(distributor, erased)
    for (let epoch = 1; epoch <= 2; epoch++) {
      offer(retailer)
      settle({ distributor, retailer })
    }
    const offered = offer(retailer)
    say(retailer)
    const thief: Side = { ...retailer, sent: [] }
    hear(distributor, offered)
    hear(retailer, distributor.sent[distributor.sent.length - 1])
    hear(distributor, say(retailer))
    expect(epochs(distributor)).toEqual([3, 2])

    const honest = say(retailer)
    const changed = Buffer.from(honest.bytes)
    changed[changed.length - 1] ^= 1
    hear(retailer, offer(distributor))
    const ofNext = say(retailer)
    const causes: Record<string, { bytes: Buffer }> = {
      "a byte that was changed": { bytes: changed },
      "an epoch that is over": erased,
      "an epoch that is not begun here": ofNext,
      "an epoch after its last message": say(thief),
      "its own message": say(distributor),
      "another connection's": say(newSide("retailer", { connection_id: "whpair_2" })),
      "another store's": say(newSide("retailer", { root_key: Buffer.alloc(32, 8) })),
    }
    const state = stateOf(distributor)
    const outcomes = Object.values(causes).map(({ bytes }) => {
      expect(bytes).toHaveLength(honest.bytes.length)
      return workOf(() => receive(state, bytes, { now_ms: NOW }))
    })
    const { work } = workOf(() => openMessage(receivingKeys(state), honest.bytes))
    expect(outcomes).toEqual(Object.keys(causes).map(() => ({ result: { outcome: "refused", state }, work })))
    expect(receive(state, honest.bytes, { now_ms: NOW }).outcome).toBe("early")
  })
})

describe("a stolen state", () => {
  /** Every key and root in a state, and what follows from the roots, tried on a message. */
  function opens(stolen: SessionState, { bytes }: { bytes: Buffer }): boolean {
    const roles: Role[] = ["distributor", "retailer"]
    const tries = roles.flatMap((role) => {
      const root_key = Buffer.from(stolen.root, "base64")
      const { connection_id } = stolen
      return Array.from({ length: 5 }, (_, epoch) => {
        const derived = startSession({ root_key, role, connection_id, now_ms: NOW })
        const keys = [...stolen.receiving, stolen.sending, ...derived.receiving, derived.sending]
        const receiving = keys.map((key) => ({ ...key, epoch, last_sequence: null }))
        return { ...stolen, role, receiving }
      })
    })
    return tries.some((state) => receive(state, bytes, { now_ms: NOW }).outcome !== "refused")
  }

  /** One document each way in each of five epochs, all acknowledged, and the states of either side in each. */
  function history() {
    const pair = newPair()
    const epochs = Array.from({ length: 5 }, () => {
      const sent = [say(pair.distributor), say(pair.retailer)]
      settle(pair)
      for (const [from, to] of [[pair.distributor, pair.retailer], [pair.retailer, pair.distributor]]) {
        hear(to, beat(from))
      }
      const states = [stateOf(pair.distributor), stateOf(pair.retailer)]
      expect(states.map(({ acknowledged, sent: { sequence } }) => sequence - acknowledged)).toEqual([0, 0])
      expect(states.map(({ receiving }) => receiving.length)).toEqual([1, 1])
      offer(pair.distributor)
      settle(pair)
      return { sent, states }
    })
    return epochs
  }

  it("opens its own epoch, none acknowledged before and none after", () => {
    const epochs = history()
    epochs.forEach(({ states }, stolenAt) => {
      for (const stolen of states) {
        const opened = epochs.map(({ sent }) => sent.map((message) => opens(stolen, message)))
        expect(opened).toEqual(epochs.map((_, epoch) => Array(2).fill(epoch === stolenAt)))
      }
    })
  })

  it("opens nothing of another connection", () => {
    const { distributor } = newPair()
    const other = newSide("distributor", { root_key: Buffer.alloc(32, 8), connection_id: "whpair_2" })
    expect(opens(stateOf(distributor), say(other))).toBe(false)
    expect(opens(stateOf(distributor), say(distributor))).toBe(true)
  })
})
