import { randomBytes } from "node:crypto"
import { Client } from "@medusajs/framework/pg"

import { until } from "../helpers/until"
import { SEALED_MAX_BYTES } from "../../src/lib/crypto/envelope/layout"
import { readMessageId } from "../../src/lib/crypto/envelope/message"
import { generateEd25519 } from "../../src/lib/crypto/ed25519"
import { writeFrames } from "../../src/lib/relay/frames"
import { RELAY_LIMITS } from "../../src/lib/relay/limits"
import { RelayClient, type RelayClientOptions } from "../../src/modules/wholesale-exchange/relay-client/relay-client"
import { RelayError } from "../../src/modules/wholesale-exchange/relay-client/relay-error"
import { readRelayConfig, type RelayConfig } from "../../src/relay-server/config"
import { startRelay, type RunningRelay } from "../../src/relay-server/start-relay"

const DAY = 86_400_000
/** How many messages a mailbox of this relay holds. */
const MAILBOX_MESSAGES = 20

const database = `relay-client-${process.pid}-${Date.now()}`
const clients: RelayClient[] = []
let config: RelayConfig
let relay: RunningRelay

async function onServer(statement: (client: Client) => string): Promise<string> {
  const { DATABASE_URL = "" } = process.env
  const client = new Client({ connectionString: DATABASE_URL })
  await client.connect()
  try {
    await client.query(statement(client))
  } finally {
    await client.end()
  }
  const url = new URL(DATABASE_URL)
  url.pathname = `/${database}`
  return url.href
}

beforeAll(async () => {
  const url = await onServer((client) => `create database ${client.escapeIdentifier(database)}`)
  const read = readRelayConfig({ DATABASE_URL: url, PORT: "0", LOG_LEVEL: "silent" })
  config = { ...read, quotas: { ...read.quotas, mailbox_messages: MAILBOX_MESSAGES } }
  relay = await startRelay(config)
})

afterEach(() => {
  clients.splice(0).forEach((client) => client.close())
})

afterAll(async () => {
  await relay?.close()
  await onServer((client) => `drop database if exists ${client.escapeIdentifier(database)} with (force)`)
})

function store(options: Partial<RelayClientOptions> = {}): RelayClient {
  const client = new RelayClient({ origin: relay.origin, key: generateEd25519(), ...options })
  clients.push(client)
  return client
}

const id = (bytes = 16) => randomBytes(bytes).toString("base64url")
/** Header 42, frame 61, tag 16 around the smallest payload of 32: what the relay can tell of a sealed message. */
const sealed = (bytes = 42 + 61 + 16 + 32) => randomBytes(bytes)
const take = (client: RelayClient) => client.receive({ wait_seconds: 0, acknowledge: [] })
const acknowledging = (mailbox: string, messages: readonly Buffer[]) =>
  messages.map((message) => [mailbox, readMessageId(message) ?? ""] as const)

async function failureOf(call: Promise<unknown>): Promise<Partial<RelayError>> {
  const error = await call.then(
    () => new Error("It succeeded."),
    (failure: unknown) => failure
  )
  if (!(error instanceof RelayError)) {
    throw error
  }
  const { kind, relay_code, retry_after_seconds } = error
  return { kind, relay_code, retry_after_seconds }
}

const refused = (relay_code: string) => ({ kind: "refused", relay_code, retry_after_seconds: undefined })

describe("a store and a relay", () => {
  it("know each other's protocol and time", async () => {
    const { name, protocol, time_ms } = await store().info()
    expect([name, protocol]).toEqual(["medusa-wholesale-relay", 1])
    expect(Math.abs(time_ms - Date.now())).toBeLessThan(60_000)
  })

  it.each([DAY, -DAY])("understand each other though the store's clock is %i ms off", async (off) => {
    const client = store({ now: () => Date.now() + off })
    const ref = id()
    const mailbox = await client.createMailbox(ref)
    expect(await client.createMailbox(ref)).toEqual(mailbox)
  })

  it("do not when the store calls the relay by a name that it is not known by", async () => {
    const known = await startRelay({ ...config, origins: ["https://relay.example.com"] })
    try {
      const client = store({ origin: new URL(known.metrics_url).origin })
      expect(await failureOf(client.createMailbox(id()))).toEqual(refused("signature_invalid"))
    } finally {
      await known.close()
    }
  })
})

describe("a mailbox", () => {
  it("takes what is sent, hands it out until it is acknowledged, and goes with all that lies in it", async () => {
    const [receiver, sender] = [store(), store()]
    const { receive_id, send_id } = await receiver.createMailbox(id())
    const messages = [sealed(), sealed(), sealed()]
    const frames = messages.map((message) => ({ mailbox: receive_id, sealed: message }))

    expect(await sender.send(send_id, messages)).toEqual({ accepted: 3 })
    // The same again: there before.
    expect(await sender.send(send_id, messages.slice(1))).toEqual({ accepted: 2 })
    expect(await take(receiver)).toEqual(frames)
    expect(await receiver.receive({ wait_seconds: 0, limit: 1, acknowledge: [] })).toEqual(frames.slice(0, 1))
    const acknowledge = acknowledging(receive_id, messages.slice(0, 2))
    expect(await receiver.receive({ wait_seconds: 0, acknowledge })).toEqual(frames.slice(2))
    expect(await receiver.receive({ wait_seconds: 0, acknowledge })).toEqual(frames.slice(2))

    await receiver.deleteMailbox(receive_id)
    expect(await take(receiver)).toEqual([])
    expect(await failureOf(receiver.deleteMailbox(receive_id))).toEqual(refused("not_found"))
    expect(await failureOf(sender.send(send_id, messages))).toEqual(refused("not_found"))
  })

  it("is sent to by one key, which may be one of its own", async () => {
    const [receiver, sender, other] = [store(), store(), store()]
    const { receive_id, send_id } = await receiver.createMailbox(id())
    const key = generateEd25519()
    expect(await sender.send(send_id, [sealed()], key)).toEqual({ accepted: 1 })
    expect(await failureOf(sender.send(send_id, [sealed()]))).toEqual(refused("not_found"))
    expect(await failureOf(other.send(send_id, [sealed()]))).toEqual(refused("not_found"))
    expect(await other.send(send_id, [sealed()], key)).toEqual({ accepted: 1 })
    expect(await failureOf(other.deleteMailbox(receive_id))).toEqual(refused("not_found"))
    expect(await take(receiver)).toHaveLength(2)
  })

  it("that is full takes the first and tells when to send the rest", async () => {
    const [receiver, sender] = [store(), store()]
    const { receive_id, send_id } = await receiver.createMailbox(id())
    const messages = Array.from({ length: MAILBOX_MESSAGES + 5 }, () => sealed())
    const { accepted, retry_after_seconds } = await sender.send(send_id, messages)
    expect(accepted).toBe(MAILBOX_MESSAGES)
    expect(retry_after_seconds).toBeGreaterThan(0)
    await receiver.receive({ wait_seconds: 0, acknowledge: acknowledging(receive_id, messages.slice(0, accepted)) })
    expect(await sender.send(send_id, messages.slice(accepted))).toEqual({ accepted: 5 })
  })

  it("carries as many bytes as one request may have", async () => {
    const [receiver, sender] = [store(), store()]
    const { send_id } = await receiver.createMailbox(id())
    // 15 of 262,307 bytes and 4 before each: 3,934,665 of 4,194,304.
    const messages = Array.from({ length: 15 }, () => sealed(SEALED_MAX_BYTES))
    expect(writeFrames([...messages, messages[0]]).length).toBeGreaterThan(RELAY_LIMITS.sent_bytes)
    expect(await sender.send(send_id, messages)).toEqual({ accepted: 15 })
    const received = await take(receiver)
    expect(received.map((frame, place) => frame.sealed.equals(messages[place]))).toEqual(Array(15).fill(true))
  })

  it("hands out what comes while the store waits for it", async () => {
    const [receiver, sender] = [store(), store()]
    const { receive_id, send_id } = await receiver.createMailbox(id())
    const waiting = receiver.receive({ wait_seconds: 25, acknowledge: [] })
    const message = sealed()
    await sender.send(send_id, [message])
    expect(await waiting).toEqual([{ mailbox: receive_id, sealed: message }])
  })

  it("lets go of a store that stops waiting", async () => {
    const client = store()
    await client.createMailbox(id())
    const ending = new AbortController()
    const reason = new Error("The process ends.")
    const waiting = client.receive({ wait_seconds: 25, acknowledge: [] }, ending.signal)
    ending.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(await take(client)).toEqual([])
  })
})

describe("pairing", () => {
  it("goes through slot, attempt and four messages", async () => {
    const [distributor, retailer] = [store(), store()]
    const session_id = id(32)
    const slot = await distributor.openSlot({ session_id, ttl_seconds: 600 })
    expect(await distributor.openSlot({ session_id, ttl_seconds: 600 })).toEqual(slot)
    expect(await retailer.lookUpSlot(slot.slot)).toEqual({ session_id })

    const longest = randomBytes(RELAY_LIMITS.pairing_message_bytes)
    const [first, third, fourth] = [randomBytes(66), randomBytes(1_000), randomBytes(34)]
    const arriving = distributor.waitForAttempts({ wait_seconds: 25 })
    const { attempt_id } = await retailer.openAttempt({ slot: slot.slot, session_id, message: first })
    expect(await arriving).toEqual([{ attempt_id, session_id, slot: slot.slot, message: first }])

    const waiting = retailer.waitForStep({ attempt_id, step: 2, wait_seconds: 25 })
    await distributor.sendStep({ attempt_id, step: 2, message: longest })
    expect((await waiting)?.equals(longest)).toBe(true)
    await distributor.sendStep({ attempt_id, step: 2, message: longest })
    expect(await failureOf(distributor.sendStep({ attempt_id, step: 2, message: first }))).toEqual(refused("step_taken"))
    expect(await distributor.waitForAttempts({ wait_seconds: 0 })).toEqual([])

    expect(await distributor.waitForStep({ attempt_id, step: 3, wait_seconds: 0 })).toBeUndefined()
    await retailer.sendStep({ attempt_id, step: 3, message: third })
    expect(await distributor.waitForStep({ attempt_id, step: 3, wait_seconds: 0 })).toEqual(third)
    await distributor.sendStep({ attempt_id, step: 4, message: fourth })
    expect(await retailer.waitForStep({ attempt_id, step: 4, wait_seconds: 0 })).toEqual(fourth)
    expect(await failureOf(retailer.lookUpSlot(slot.slot))).toEqual(refused("not_found"))
  })

  it("ends when either side gives up, and with the slot", async () => {
    const [distributor, retailer] = [store(), store()]
    const session_id = id(32)
    const { slot } = await distributor.openSlot({ session_id, ttl_seconds: 60 })
    const open = () => retailer.openAttempt({ slot, session_id, message: randomBytes(66) })
    const wait = (attempt_id: string) => retailer.waitForStep({ attempt_id, step: 2, wait_seconds: 25 })

    for (const side of [retailer, distributor]) {
      const { attempt_id } = await open()
      const waiting = failureOf(wait(attempt_id))
      await side.abandonAttempt(attempt_id)
      expect(await waiting).toEqual(refused("not_found"))
    }
    const { attempt_id } = await open()
    await distributor.closeSlot(session_id)
    expect(await failureOf(wait(attempt_id))).toEqual(refused("not_found"))
    expect(await failureOf(distributor.closeSlot(session_id))).toEqual(refused("not_found"))
    expect(await failureOf(open())).toEqual(refused("not_found"))
  })

  it("is rationed: a sixth slot of one store is not opened, and it is told when to ask again", async () => {
    const distributor = store()
    const open = () => distributor.openSlot({ session_id: id(32), ttl_seconds: 600 })
    const slots = await Promise.all(Array.from({ length: 5 }, open))
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(5)
    const failure = await failureOf(open())
    expect(failure).toMatchObject({ kind: "limited", relay_code: "slots_rationed" })
    expect(failure.retry_after_seconds).toBeGreaterThan(0)
  })
})

describe("a relay that ends", () => {
  it("answers who waits at once, and is unavailable from then on", async () => {
    const ending = await startRelay(config)
    const client = store({ origin: ending.origin })
    const waiting = client.receive({ wait_seconds: 25, acknowledge: [] })
    await until(async () => {
      const metrics = await fetch(ending.metrics_url)
      return /^wholesale_relay_waiting_polls [1-9]/m.test(await metrics.text()) || undefined
    })
    await Promise.all([expect(waiting).resolves.toEqual([]), ending.close()])
    expect(await failureOf(take(client))).toMatchObject({ kind: "unavailable" })
  })
})
