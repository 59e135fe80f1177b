import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

import { assemble, splitDocument, type DocumentChunk } from "../../src/lib/crypto/envelope/chunks"
import { directionKey } from "../../src/lib/crypto/envelope/direction-key"
import { HASH_BYTES } from "../../src/lib/crypto/envelope/layout"
import { openMessage, sealMessage } from "../../src/lib/crypto/envelope/message"
import { receive, type ReceivedMessage } from "../../src/lib/crypto/session/receive"
import { send } from "../../src/lib/crypto/session/send"
import { startSession, type SessionState } from "../../src/lib/crypto/session/state"
import { Stopwatch } from "../stopwatch"

/** Microseconds to seal and open so many bytes. */
export interface SealingFigures {
  readonly bytes: number
  readonly bare_us: number
  readonly sealed_us: number
  /** Also cut, chained to one another, and put together again. */
  readonly carried_us: number
}

const SIZES = [
  { bytes: 1024, times: 100 },
  { bytes: 1024 * 1024, times: 1 },
]
const ROUNDS = 300

/**
 * In turns, a millisecond or two each and many of them: what else the machine does in the meantime falls on few, which
 * the median passes over, and on all ways alike.
 */
export async function measureSealing(): Promise<SealingFigures[]> {
  const figures: SealingFigures[] = []
  for (const { bytes, times } of SIZES) {
    const text = randomBytes(bytes)
    const ways = { bare: bareCipher(text), sealed: messages(text), carried: session(text) }
    // Rounds before the first warm up what is compiled only when it has run for a while.
    const watches = [new Stopwatch(), new Stopwatch()]
    for (const watch of watches) {
      for (let round = 0; round < ROUNDS; round++) {
        for (const [name, work] of Object.entries(ways)) {
          await watch.time(name, async () => {
            for (let time = 0; time < times; time++) {
              work()
            }
          })
        }
      }
    }
    const us = (name: keyof typeof ways) => (watches[1].median(name) * 1_000) / times
    figures.push({ bytes, bare_us: us("bare"), sealed_us: us("sealed"), carried_us: us("carried") })
  }
  return figures
}

/** The cipher with a header to authenticate, as it is called at its fastest: one key, nothing copied. */
function bareCipher(text: Buffer): () => void {
  const [key, nonce, header] = [randomBytes(32), randomBytes(12), randomBytes(42)]
  const [algorithm, options] = ["chacha20-poly1305", { authTagLength: 16 }] as const
  return () => {
    const cipher = createCipheriv(algorithm, key, nonce, options)
    cipher.setAAD(header, { plaintextLength: text.length })
    const sealed = cipher.update(text)
    cipher.final()
    const decipher = createDecipheriv(algorithm, key, nonce, options)
    decipher.setAAD(header, { plaintextLength: text.length })
    decipher.setAuthTag(cipher.getAuthTag())
    decipher.update(sealed)
    decipher.final()
  }
}

/** Each message sealed, and opened again. */
function messages(text: Buffer): () => void {
  const key = directionKey({ connection_id: CONNECTION, sender: "distributor", epoch: 0 }, randomBytes(64))
  const previous_hash = Buffer.alloc(HASH_BYTES)
  const frames = splitDocument(text).map((chunk, index) => ({
    ...chunk,
    type: "document" as const,
    sequence: index + 1,
    time_ms: Date.now(),
    previous_hash,
  }))
  return () => {
    for (const frame of frames) {
      if (!openMessage([key], sealMessage(key, frame).bytes)) {
        throw new Error("A message did not open.")
      }
    }
  }
}

/** All that is done with a document between the two sides, but for storing it. */
function session(text: Buffer): () => void {
  const start = (role: "distributor" | "retailer"): SessionState =>
    startSession({ root_key: ROOT, role, connection_id: CONNECTION, now_ms: 0 })
  let [from, to] = [start("distributor"), start("retailer")]
  const carry = (chunk: DocumentChunk): ReceivedMessage => {
    const sent = send(from, { type: "document", ...chunk }, { now_ms: 0 })
    const received = receive(to, sent.message.bytes, { now_ms: 0 })
    if (received.outcome !== "next") {
      throw new Error(`A message was ${received.outcome}.`)
    }
    ;[from, to] = [sent.state, received.state]
    return received.message
  }
  return () => {
    const whole = assemble(splitDocument(text).map(carry), text.length)
    if (whole.state !== "complete") {
      throw new Error(`A document was ${whole.state}.`)
    }
  }
}

const ROOT = randomBytes(32)
const CONNECTION = randomBytes(16).toString("hex")
