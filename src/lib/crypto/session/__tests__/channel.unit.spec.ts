import { randomBytes } from "node:crypto"
import fc from "fast-check"

import { assemble, splitDocument, type ReceivedChunk } from "../../envelope/chunks"
import { writeAcknowledgement, writeGapRequest } from "../../envelope/control"
import type { Role } from "../../envelope/direction-key"
import { isAside } from "../../envelope/message-type"
import { send, type SentMessage } from "../send"
import { partnerOf, readSession, startSession, writeSession } from "../state"
import { beat, hear, newPair, newSide, NOW, offer, outOfStep, ROOT, say, stateOf, type Side } from "./pair"

const hashes = (messages: readonly SentMessage[]) => messages.map(({ hash }) => Buffer.from(hash, "base64"))

describe("a message", () => {
  it("is next once, and known from then on", () => {
    const { distributor, retailer } = newPair()
    const message = say(distributor)
    expect(hear(retailer, message)).toMatchObject({
      outcome: "next",
      message: { id: message.id, hash: message.hash, type: "document", sequence: 1, payload: Buffer.from("a document") },
    })
    const taken = retailer.text
    expect(hear(retailer, message).outcome).toBe("known")
    expect(retailer.text).toBe(taken)
  })

  it("is chained to the one before it in its direction, 32 zeros before the first", () => {
    const { distributor, retailer } = newPair()
    const sent = [say(distributor), say(distributor), say(distributor)]
    const previous = sent.map((message) => {
      const received = hear(retailer, message)
      return "message" in received && received.message.previous_hash
    })
    expect(previous).toEqual([Buffer.alloc(32), ...hashes(sent.slice(0, 2))])
  })

  it("is early after a gap, which is named, and next when the gap is closed", () => {
    const { distributor, retailer } = newPair()
    const [first, second, third] = [say(distributor), say(distributor), say(distributor)]
    expect(hear(retailer, third)).toMatchObject({ outcome: "early", gap: { from: 1, to: 2 } })
    expect(hear(retailer, first).outcome).toBe("next")
    expect(hear(retailer, third)).toMatchObject({ outcome: "early", gap: { from: 2, to: 2 } })
    expect([second, third].map((message) => hear(retailer, message).outcome)).toEqual(["next", "next"])
  })

  it("is refused by who sent it, by another connection and by another store", () => {
    const { distributor } = newPair()
    const message = say(distributor)
    expect(hear(distributor, message).outcome).toBe("refused")
    expect(hear(newSide("retailer", { connection_id: "whpair_2" }), message).outcome).toBe("refused")
    expect(hear(newSide("retailer", { root_key: Buffer.alloc(32, 8) }), message).outcome).toBe("refused")
  })

  it("of a later epoch is refused until the epoch is begun, and then taken", () => {
    const { distributor, retailer } = newPair()
    hear(distributor, offer(retailer))
    const [accept] = distributor.sent
    const later = say(distributor)
    expect(hear(retailer, later).outcome).toBe("refused")
    expect([accept, later].map((message) => hear(retailer, message).outcome)).toEqual(["next", "next"])
  })
})

describe("clocks", () => {
  it("of a sender never go back, whatever its own does", () => {
    const { distributor, retailer } = newPair()
    const times = [NOW, NOW - 86_400_000, NOW - 86_400_000, NOW + 5].map((now_ms) => {
      distributor.now_ms = now_ms
      hear(retailer, say(distributor))
      return stateOf(retailer).partner_time_ms
    })
    expect(times).toEqual([NOW, NOW + 1, NOW + 2, NOW + 5])
  })

  it("do not advance by what was there before: a relay that repeats heartbeats feigns no life", () => {
    const { distributor, retailer } = newPair()
    const beats = [beat(distributor), beat(distributor)]
    expect(beats.map((message) => hear(retailer, message).outcome)).toEqual(["aside", "aside"])
    const before = retailer.text
    expect(beats.map((message) => hear(retailer, message).outcome)).toEqual(["known", "known"])
    expect(retailer.text).toBe(before)
  })
})

describe("a heartbeat", () => {
  it("shows a tail that never arrived", () => {
    const { distributor, retailer } = newPair()
    hear(retailer, say(distributor))
    say(distributor)
    say(distributor)
    expect(hear(retailer, beat(distributor))).toMatchObject({ outcome: "aside", gap: { from: 2, to: 3 } })
  })

  it("acknowledges, and a later one that says less takes nothing back", () => {
    const { distributor, retailer } = newPair()
    const sent = [say(distributor), say(distributor)]
    const early = beat(retailer)
    sent.forEach((message) => hear(retailer, message))
    hear(distributor, beat(retailer))
    expect(stateOf(distributor).acknowledged).toBe(2)
    hear(distributor, early)
    expect(stateOf(distributor).acknowledged).toBe(2)
  })

  it("is a receipt that also tells the last sequence, and a receipt acknowledges as it does", () => {
    const { distributor, retailer } = newPair()
    const [first] = [say(distributor), say(distributor)]
    const through = { through: 1, sealed_hash: hashes([first])[0] }
    expect(hear(distributor, say(retailer, "receipt", writeAcknowledgement(through))).outcome).toBe("aside")
    expect(stateOf(distributor).acknowledged).toBe(1)
  })

  it("takes no number in the sequence", () => {
    const { distributor } = newPair()
    beat(distributor)
    expect(say(distributor).sequence).toBe(1)
    expect(beat(distributor).sequence).toBe(1)
    expect(say(distributor).sequence).toBe(2)
  })
})

describe("a desync is shown", () => {
  it("when the partner came back from an older backup and goes on from there", () => {
    const { distributor, retailer } = newPair()
    hear(retailer, say(distributor))
    const backup = distributor.text
    hear(retailer, say(distributor))
    distributor.text = backup
    const again = say(distributor, "document", Buffer.from("another"))
    expect(hear(retailer, again)).toMatchObject({ outcome: "desync", reason: "replaced" })
    // The next in sequence is chained to what was never taken in.
    expect(hear(retailer, say(distributor))).toMatchObject({ outcome: "desync", reason: "chain" })
  })

  it("by the caller, when it came back further: the message under a sequence has another hash than it had", () => {
    const { distributor, retailer } = newPair()
    const backup = distributor.text
    const first = say(distributor)
    hear(retailer, first)
    hear(retailer, say(distributor))
    distributor.text = backup
    const again = hear(retailer, say(distributor, "document", Buffer.from("another")))
    expect(again).toMatchObject({ outcome: "known", message: { sequence: first.sequence } })
    expect("message" in again && again.message.hash).not.toBe(first.hash)
  })

  it("when the partner's heartbeat says that it sent less than came from it", () => {
    const { distributor, retailer } = newPair()
    const backup = distributor.text
    hear(retailer, say(distributor))
    distributor.text = backup
    distributor.now_ms += 60_000
    expect(hear(retailer, beat(distributor))).toMatchObject({ outcome: "desync", reason: "partner_went_back" })
  })

  it("when the partner's heartbeat names another message as its last", () => {
    const { distributor, retailer } = newPair()
    const backup = distributor.text
    hear(retailer, say(distributor))
    distributor.text = backup
    say(distributor)
    expect(hear(retailer, beat(distributor))).toMatchObject({ outcome: "desync", reason: "chain" })
  })

  it("when this side came back from an older backup: the partner acknowledges what was never sent", () => {
    const { distributor, retailer } = newPair()
    const backup = distributor.text
    hear(retailer, say(distributor))
    distributor.text = backup
    expect(hear(distributor, beat(retailer))).toMatchObject({ outcome: "desync", reason: "acknowledged_unsent" })
    say(distributor)
    expect(hear(distributor, beat(retailer))).toMatchObject({ outcome: "desync", reason: "acknowledged_unsent" })
  })

  it("when an offer is accepted that this side knows nothing of", () => {
    const { distributor, retailer } = newPair()
    const backup = retailer.text
    hear(distributor, offer(retailer))
    retailer.text = backup
    expect(hear(retailer, distributor.sent[0])).toMatchObject({ outcome: "desync", reason: "rekey" })
    expect(retailer.text).toBe(backup)
  })

  it.each(["receipt", "heartbeat", "gap_request", "out_of_step", "rekey_offer", "rekey_accept"] as const)(
    "when a %s has a payload that is none",
    (type) => {
      const { distributor, retailer } = newPair()
      const before = retailer.text
      const heard = hear(retailer, say(distributor, type, Buffer.from("?")))
      expect(heard).toMatchObject({ outcome: "desync", reason: "malformed" })
      expect(retailer.text).toBe(before)
    }
  )
})

describe("what a partner says that is out of step", () => {
  it("is a desync, and of it this side keeps nothing", () => {
    const { distributor, retailer } = newPair()
    hear(retailer, say(distributor))
    const before = retailer.text
    const heard = hear(retailer, outOfStep(distributor))
    expect(heard).toMatchObject({ outcome: "desync", reason: "partner_out_of_step", message: { type: "out_of_step" } })
    expect(retailer.text).toBe(before)
  })

  it("is one also from who has sent what is missing here, and acknowledges less than this side sent", () => {
    const { distributor, retailer } = newPair()
    say(distributor)
    say(retailer)
    expect(hear(retailer, outOfStep(distributor))).toMatchObject({ outcome: "desync", reason: "partner_out_of_step" })
    expect(stateOf(retailer).acknowledged).toBe(0)
  })

  it("is what this side sees itself, where it acknowledges what was never sent, or something else in its place", () => {
    const { distributor, retailer } = newPair()
    const backup = retailer.text
    hear(distributor, say(retailer))
    retailer.text = backup
    const unsent = { outcome: "desync", reason: "acknowledged_unsent" }
    expect(hear(retailer, outOfStep(distributor))).toMatchObject(unsent)
    say(retailer, "document", Buffer.from("another"))
    expect(hear(retailer, outOfStep(distributor))).toMatchObject(unsent)
  })

  it("is known, and no desync, where its time is not later than all that the partner sent", () => {
    const { distributor, retailer } = newPair()
    const earlier = outOfStep(distributor)
    const later = beat(distributor)
    expect(hear(retailer, later).outcome).toBe("aside")
    const before = retailer.text
    expect([hear(retailer, earlier), hear(retailer, later)].map(({ outcome }) => outcome)).toEqual(["known", "known"])
    expect(retailer.text).toBe(before)
    const malformed = say(newSide("distributor"), "out_of_step", Buffer.from("?"))
    expect(hear(retailer, malformed).outcome).toBe("known")
  })

  it("is one again when it is repeated, until something later was taken in", () => {
    const { distributor, retailer } = newPair()
    const told = outOfStep(distributor)
    expect([hear(retailer, told), hear(retailer, told)]).toEqual([
      expect.objectContaining({ reason: "partner_out_of_step" }),
      expect.objectContaining({ reason: "partner_out_of_step" }),
    ])
    hear(retailer, say(distributor))
    expect(hear(retailer, told).outcome).toBe("known")
  })

  it("is refused by who sent it, in another connection or store, changed, and under an epoch not begun", () => {
    const { distributor, retailer } = newPair()
    const told = outOfStep(distributor)
    expect(hear(distributor, told).outcome).toBe("refused")
    expect(hear(newSide("retailer", { connection_id: "whpair_2" }), told).outcome).toBe("refused")
    expect(hear(newSide("retailer", { root_key: Buffer.alloc(32, 8) }), told).outcome).toBe("refused")
    const bytes = Buffer.from(told.bytes)
    bytes[bytes.length - 1] ^= 1
    expect(hear(retailer, { bytes }).outcome).toBe("refused")
    hear(distributor, offer(retailer))
    const before = retailer.text
    expect(hear(retailer, outOfStep(distributor)).outcome).toBe("refused")
    expect(retailer.text).toBe(before)
  })
})

describe("a document of several chunks", () => {
  it("crosses shuffled and repeated, with one missing at first and another document overtaking", () => {
    const { distributor, retailer } = newPair()
    const document = randomBytes(900_000)
    const cut = splitDocument(document).map((chunk) => {
      const { state, message } = send(stateOf(distributor), { type: "document", ...chunk }, distributor)
      distributor.text = writeSession(state)
      return message
    })
    const overtaking = say(distributor)
    const kept = new Map<number, ReceivedChunk>()
    const arrive = (message: SentMessage) => {
      const received = hear(retailer, message)
      if ("message" in received && received.message.chunk_count > 1) {
        kept.set(received.message.sequence, received.message)
      }
      return received
    }
    expect([cut[3], overtaking, cut[0], cut[3], cut[2]].map((it) => arrive(it).outcome)).toEqual([
      "early",
      "early",
      "next",
      "early",
      "early",
    ])
    expect(assemble(kept.values(), 1_000_000)).toEqual({ state: "incomplete", missing: [2] })
    expect([cut[1], cut[2], cut[3], overtaking].map((it) => arrive(it).outcome)).toEqual(Array(4).fill("next"))
    const assembled = assemble(kept.values(), 1_000_000)
    expect(assembled.state === "complete" && assembled.document.equals(document)).toBe(true)
  })
})

describe("through a relay that drops, repeats, reorders, changes, reflects and invents", () => {
  const who = fc.constantFrom<Role>("distributor", "retailer")
  const step = fc.oneof(
    fc.record({ act: fc.constantFrom("say", "beat", "ask", "offer"), who }),
    fc.record({ act: fc.constant("deliver"), who, pick: fc.nat() }),
    fc.record({ act: fc.constantFrom("flip", "reflect"), who, pick: fc.nat() }),
    fc.record({ act: fc.constant("clock"), who, by: fc.integer({ min: -1e8, max: 1e8 }) })
  )

  it("each side takes in a prefix of what the other sent, each once, and all of it in the end", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const pair = newPair()
        const taken = { distributor: [] as string[], retailer: [] as string[] }
        const take = (side: Side, to: Role, message: Pick<SentMessage, "bytes">) => {
          const received = hear(side, message)
          expect(received.outcome).not.toBe("desync")
          if (received.outcome === "next") {
            taken[to].push(received.message.id)
          }
          return received.outcome
        }
        const inSequence = (side: Side) => side.sent.filter(({ type }) => !isAside(type))
        for (const one of steps) {
          const to = one.who
          const [side, partner] = [pair[to], pair[partnerOf(to)]]
          if (one.act === "say") {
            say(side)
          } else if (one.act === "beat") {
            beat(side)
          } else if (one.act === "ask") {
            say(side, "gap_request", writeGapRequest({ from: 1, to: 1 }))
          } else if (one.act === "offer" && !stateOf(side).offer) {
            offer(side)
          } else if ("by" in one) {
            side.now_ms = Math.max(0, side.now_ms + one.by)
          } else if ("pick" in one) {
            const from = one.act === "reflect" ? side : partner
            const picked = from.sent[one.pick % Math.max(1, from.sent.length)]
            if (picked) {
              const bytes = Buffer.from(picked.bytes)
              bytes[one.pick % bytes.length] ^= one.act === "flip" ? 1 : 0
              const outcome = take(side, to, { bytes })
              expect(one.act === "deliver" || outcome === "refused").toBe(true)
            }
          }
          expect(taken[to]).toEqual(inSequence(partner).slice(0, taken[to].length).map(({ id }) => id))
        }
        // What is kept is sent again until all has arrived; answers to offers come on top.
        for (let round = 0; round < 4; round++) {
          inSequence(pair.distributor).forEach((message) => take(pair.retailer, "retailer", message))
          inSequence(pair.retailer).forEach((message) => take(pair.distributor, "distributor", message))
        }
        expect(taken.retailer).toEqual(inSequence(pair.distributor).map(({ id }) => id))
        expect(taken.distributor).toEqual(inSequence(pair.retailer).map(({ id }) => id))
        const [left, right] = [stateOf(pair.distributor), stateOf(pair.retailer)]
        expect([left.epoch, left.root]).toEqual([right.epoch, right.root])
      }),
      { numRuns: 60 }
    )
  })
})

describe("a session", () => {
  it("is read as it was written, and not by another version", () => {
    const { distributor } = newPair()
    say(distributor)
    expect(writeSession(readSession(distributor.text))).toBe(distributor.text)
    expect(() => readSession(distributor.text.replace(`"version":1`, `"version":2`))).toThrow(
      expect.objectContaining({ status: 500, code: "session_unreadable" })
    )
  })

  it("does not start with a root key of another length", () => {
    const input = { root_key: ROOT.subarray(1), role: "retailer", connection_id: "whpair_1", now_ms: NOW } as const
    expect(() => startSession(input)).toThrow(RangeError)
  })
})
