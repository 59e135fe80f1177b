import { randomBytes } from "node:crypto"
import type { IncomingHttpHeaders } from "node:http"
import { inspect } from "node:util"

import { asWholesaleError } from "../../../../lib/errors/wholesale-error"
import { generateEd25519 } from "../../../../lib/crypto/ed25519"
import { readFrames, writeFrames, writeMailboxFrames } from "../../../../lib/relay/frames"
import { RELAY_LIMITS } from "../../../../lib/relay/limits"
import { verifyRequest } from "../../../../lib/relay/request-signature"
import { RelayClient, type RelayClientOptions } from "../relay-client"
import { RelayError } from "../relay-error"
import { serve, stopServers, type TestServer } from "./servers"

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer | object
}

const key = generateEd25519()
const id = (bytes = 16) => randomBytes(bytes).toString("base64url")
const RECEIVE_ID = id()
const SEND_ID = id()
const ATTEMPT_ID = id()
const SESSION_ID = id(32)
const MESSAGE_ID = randomBytes(16).toString("hex")
/** Header 42, frame 61, tag 16 around the smallest payload of 32. */
const SEALED = randomBytes(42 + 61 + 16 + 32)
const PAIRING_MESSAGE = randomBytes(66)
/** What an answer holds and no error may show. */
const TOLD = "told-by-the-relay"

const clients: RelayClient[] = []

/** A relay that answers whatever it is told to, and remembers what it was asked. */
async function relay(
  answerTo: (asked: Asked, count: number) => Answer,
  options: Partial<RelayClientOptions> = {}
): Promise<{ client: RelayClient; server: TestServer; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = await serve(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) {
      parts.push(part)
    }
    const { method = "", url: path = "", headers } = request
    asked.push({ method, path, headers, body: Buffer.concat(parts) })
    const { status = 200, headers: more, body = "" } = answerTo(asked[asked.length - 1], asked.length)
    const [type, bytes] =
      typeof body === "string" || Buffer.isBuffer(body)
        ? ["application/octet-stream", body]
        : ["application/json; charset=utf-8", JSON.stringify(body)]
    response.writeHead(status, { "content-type": type, "x-relay-time": String(Date.now()), ...more }).end(bytes)
  })
  const client = new RelayClient({ origin: server.origin, key, ...options })
  clients.push(client)
  return { client, server, asked }
}

/** What a call fails with; it holds nothing that was sent or answered. */
async function failureOf(call: Promise<unknown>): Promise<RelayError> {
  const error = await call.then(
    () => new Error("It succeeded."),
    (failure: unknown) => failure
  )
  if (!(error instanceof RelayError)) {
    throw error
  }
  const shown = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)}`
  for (const secret of [RECEIVE_ID, SEND_ID, ATTEMPT_ID, SESSION_ID, MESSAGE_ID, PAIRING_MESSAGE, SEALED, TOLD]) {
    expect(shown).not.toContain(secret.toString("base64url"))
  }
  for (const part of [key.private_key, key.public_key]) {
    expect(shown).not.toContain(part.toString("base64url"))
    expect(shown).not.toContain(part.toString("hex"))
    expect(shown).not.toContain(printed(part))
  }
  return error
}

/** How `inspect` writes the first bytes. */
const printed = (bytes: Buffer): string => (bytes.toString("hex", 0, 6).match(/../g) ?? []).join(" ")

afterEach(async () => {
  clients.splice(0).forEach((client) => client.close())
  await stopServers()
})

const receive = (client: RelayClient) => client.receive({ wait_seconds: 0, limit: 2, acknowledge: [[RECEIVE_ID, MESSAGE_ID]] })

/** Every method: how it is called, what the relay is asked, its answer, and what that is to the caller. */
const METHODS: readonly {
  name: string
  call: (client: RelayClient) => Promise<unknown>
  request: readonly [method: string, path: string, body?: object]
  answer: Answer
  value: unknown
}[] = [
  {
    name: "createMailbox",
    call: (client) => client.createMailbox(RECEIVE_ID),
    request: ["POST", "/v1/mailboxes", { ref: RECEIVE_ID }],
    answer: { body: { receive_id: RECEIVE_ID, send_id: SEND_ID, later: "version" } },
    value: { receive_id: RECEIVE_ID, send_id: SEND_ID },
  },
  {
    name: "deleteMailbox",
    call: (client) => client.deleteMailbox(RECEIVE_ID),
    request: ["DELETE", `/v1/mailboxes/${RECEIVE_ID}`],
    answer: { status: 204 },
    value: undefined,
  },
  {
    name: "receive",
    call: receive,
    request: ["POST", "/v1/receive", { wait_seconds: 0, limit: 2, acknowledge: [[RECEIVE_ID, MESSAGE_ID]] }],
    answer: { body: writeMailboxFrames([{ mailbox: RECEIVE_ID, sealed: SEALED }]) },
    value: [{ mailbox: RECEIVE_ID, sealed: SEALED }],
  },
  {
    name: "receive of nothing",
    call: (client) => client.receive({ wait_seconds: 25, acknowledge: [] }),
    request: ["POST", "/v1/receive", { wait_seconds: 25, limit: 500, acknowledge: [] }],
    answer: {},
    value: [],
  },
  {
    name: "openSlot",
    call: (client) => client.openSlot({ session_id: SESSION_ID, ttl_seconds: 600 }),
    request: ["POST", "/v1/slots", { session_id: SESSION_ID, ttl_seconds: 600 }],
    answer: { body: { slot: "K7", expires_at: "2026-11-30T12:10:00.000Z" } },
    value: { slot: "K7", expires_at: "2026-11-30T12:10:00.000Z" },
  },
  {
    name: "closeSlot",
    call: (client) => client.closeSlot(SESSION_ID),
    request: ["DELETE", `/v1/slots/${SESSION_ID}`],
    answer: { status: 204 },
    value: undefined,
  },
  {
    name: "lookUpSlot",
    call: (client) => client.lookUpSlot("K7"),
    request: ["GET", "/v1/slots/K7"],
    answer: { body: { session_id: SESSION_ID } },
    value: { session_id: SESSION_ID },
  },
  {
    name: "openAttempt",
    call: (client) => client.openAttempt({ slot: "K7", session_id: SESSION_ID, message: PAIRING_MESSAGE }),
    request: ["POST", "/v1/attempts", { slot: "K7", session_id: SESSION_ID, message: PAIRING_MESSAGE.toString("base64url") }],
    answer: { body: { attempt_id: ATTEMPT_ID } },
    value: { attempt_id: ATTEMPT_ID },
  },
  {
    name: "sendStep",
    call: (client) => client.sendStep({ attempt_id: ATTEMPT_ID, step: 3, message: PAIRING_MESSAGE }),
    request: ["POST", `/v1/attempts/${ATTEMPT_ID}/messages`, { step: 3, message: PAIRING_MESSAGE.toString("base64url") }],
    answer: { status: 204 },
    value: undefined,
  },
  {
    name: "waitForStep",
    call: (client) => client.waitForStep({ attempt_id: ATTEMPT_ID, step: 2, wait_seconds: 5 }),
    request: ["POST", `/v1/attempts/${ATTEMPT_ID}/wait`, { step: 2, wait_seconds: 5 }],
    answer: { body: { message: PAIRING_MESSAGE.toString("base64url") } },
    value: PAIRING_MESSAGE,
  },
  {
    name: "waitForStep for nothing",
    call: (client) => client.waitForStep({ attempt_id: ATTEMPT_ID, step: 2, wait_seconds: 5 }),
    request: ["POST", `/v1/attempts/${ATTEMPT_ID}/wait`, { step: 2, wait_seconds: 5 }],
    answer: { status: 204 },
    value: undefined,
  },
  {
    name: "abandonAttempt",
    call: (client) => client.abandonAttempt(ATTEMPT_ID),
    request: ["DELETE", `/v1/attempts/${ATTEMPT_ID}`],
    answer: { status: 204 },
    value: undefined,
  },
  {
    name: "waitForAttempts",
    call: (client) => client.waitForAttempts({ wait_seconds: 5 }),
    request: ["POST", "/v1/slots/wait", { wait_seconds: 5 }],
    answer: {
      body: {
        attempts: [
          { attempt_id: ATTEMPT_ID, session_id: SESSION_ID, slot: "K7", message: PAIRING_MESSAGE.toString("base64url") },
        ],
      },
    },
    value: [{ attempt_id: ATTEMPT_ID, session_id: SESSION_ID, slot: "K7", message: PAIRING_MESSAGE }],
  },
]

const signerOf = ({ method, path, headers, body }: Asked, origin: string): unknown =>
  verifyRequest({ origins: [origin], method, path, body }, headers, Date.now())
const signedBy = (public_key: Buffer) => ({ state: "valid", key: public_key.toString("base64url") })

describe("each request", () => {
  it.each(METHODS)("$name is asked as the protocol has it, signed, and its answer read", async (method) => {
    const { client, server, asked } = await relay(() => method.answer)
    expect(await method.call(client)).toEqual(method.value)
    expect(asked).toHaveLength(1)
    const [name, path, body] = method.request
    expect([asked[0].method, asked[0].path]).toEqual([name, path])
    expect(asked[0].headers["content-type"]).toBe(body && "application/json")
    expect(asked[0].body.toString()).toBe(body ? JSON.stringify(body) : "")
    expect(signerOf(asked[0], server.origin)).toEqual(signedBy(key.public_key))
  })

  it("info is asked unsigned", async () => {
    const info = { name: "medusa-wholesale-relay", version: "1.2.3-rc.1", protocol: 1, time_ms: 1_796_000_000_000 }
    const { client, asked } = await relay(() => ({ body: info }))
    expect(await client.info()).toEqual(info)
    expect(Object.keys(asked[0].headers).filter((name) => name.startsWith("x-relay"))).toEqual([])
  })

  it("send carries frames, signed by the client's key or one of the mailbox's", async () => {
    const { client, server, asked } = await relay(() => ({ body: { accepted: 2 } }))
    const own = generateEd25519()
    expect(await client.send(SEND_ID, [SEALED, SEALED])).toEqual({ accepted: 2 })
    expect(await client.send(SEND_ID, [SEALED, SEALED], own)).toEqual({ accepted: 2 })
    expect(asked.map((it) => [it.method, it.path, it.headers["content-type"], readFrames(it.body)])).toEqual(
      Array(2).fill(["POST", `/v1/send/${SEND_ID}`, "application/octet-stream", [SEALED, SEALED]])
    )
    const signers = asked.map((it) => signerOf(it, server.origin))
    expect(signers).toEqual([signedBy(key.public_key), signedBy(own.public_key)])
  })

  it("send tells how long a full mailbox is to be left alone, an hour at most", async () => {
    const waits = [30, 86_400]
    const { client } = await relay(() => ({ body: { accepted: 1, retry_after_seconds: waits.shift() } }))
    expect(await client.send(SEND_ID, [SEALED, SEALED])).toEqual({ accepted: 1, retry_after_seconds: 30 })
    expect(await client.send(SEND_ID, [SEALED, SEALED])).toEqual({ accepted: 1, retry_after_seconds: 3_600 })
  })
})

describe("a relay that refuses", () => {
  it.each([
    [400, "request_malformed"],
    [400, "frames_malformed"],
    [401, "signature_invalid"],
    [404, "not_found"],
    [409, "step_taken"],
    [413, "too_large"],
  ])("with %i %s is understood", async (status, code) => {
    const { client, asked } = await relay(() => ({ status, body: { code, message: TOLD } }))
    expect(await failureOf(receive(client))).toMatchObject({ kind: "refused", relay_code: code, status: 409, code: "relay_refused" })
    expect(asked).toHaveLength(1)
  })

  it.each<[string, Answer]>([
    ["another status than the code's", { status: 404, body: { code: "step_taken", message: TOLD } }],
    ["a code that is none", { status: 404, body: { code: TOLD, message: TOLD } }],
    ["a code of every object", { status: 404, body: { code: "constructor" } }],
    ["a proxy's page", { status: 404, headers: { "content-type": "text/html" }, body: `<h1>${TOLD}</h1>` }],
    ["JSON under another type", { status: 404, headers: { "content-type": "text/plain" }, body: { code: "not_found" } }],
    ["nothing", { status: 404 }],
    ["too much", { status: 404, body: { code: "not_found", message: "x".repeat(9 * 1024) } }],
    ["a status of no relay", { status: 418, body: { code: "not_found" } }],
    ["the end of a route", { status: 410, body: { code: "not_found" } }],
  ])("with %s says nothing that anything may be given up for", async (_, answer) => {
    const { client } = await relay(() => answer)
    const failure = await failureOf(client.createMailbox(RECEIVE_ID))
    expect(failure).toMatchObject({ kind: "malformed", relay_code: undefined, details: { reason: `HTTP ${answer.status}` } })
  })

  it.each([301, 302, 303, 307, 308])("by a redirect %i to another host is not followed", async (status) => {
    const other = await serve((_request, response) => void response.end())
    const { client } = await relay(() => ({ status, headers: { location: `${other.origin}/v1/receive` } }))
    expect(await failureOf(receive(client))).toMatchObject({ kind: "malformed", details: { reason: "a redirect" } })
    expect(other.connections()).toBe(0)
  })

  it.each<[string, Answer, number | undefined, string | undefined]>([
    ["seconds", { headers: { "retry-after": "90" }, body: { code: "rate_limited", retry_after_seconds: 5 } }, 90, "rate_limited"],
    ["a date", { headers: { "retry-after": new Date(Date.now() + 7_200_000).toUTCString() } }, 3_600, undefined],
    ["its body", { body: { code: "slots_rationed", message: TOLD, retry_after_seconds: 7_200 } }, 3_600, "slots_rationed"],
    ["nothing", { headers: { "content-type": "text/html" }, body: `<h1>${TOLD}</h1>` }, undefined, undefined],
    ["nonsense", { headers: { "retry-after": TOLD }, body: { code: "mailboxes_rationed" } }, undefined, "mailboxes_rationed"],
  ])("for too many requests is limited, and is told when to come back by %s", async (_, answer, wait, code) => {
    const { client } = await relay(() => ({ ...answer, status: 429 }))
    expect(await failureOf(receive(client))).toMatchObject({
      kind: "limited",
      status: 429,
      code: "relay_limited",
      retry_after_seconds: wait,
      relay_code: code,
      message: expect.stringContaining(wait === undefined ? "Try again later" : `Try again in ${wait} seconds`),
    })
  })

  it.each<[number, Answer, number | undefined]>([
    [503, { headers: { "retry-after": "5" }, body: { code: "unavailable", message: TOLD, retry_after_seconds: 5 } }, 5],
    [500, { body: { code: "unforeseen", message: TOLD } }, undefined],
    [502, { headers: { "content-type": "text/html" }, body: `<h1>${TOLD}</h1>` }, undefined],
    [504, { body: "x".repeat(1024 * 1024) }, undefined],
    [408, {}, undefined],
  ])("with %i is unavailable, whatever it says with it", async (status, answer, wait) => {
    const { client } = await relay(() => ({ ...answer, status }))
    expect(await failureOf(client.createMailbox(RECEIVE_ID))).toMatchObject({
      kind: "unavailable",
      status: 503,
      code: "relay_unavailable",
      retry_after_seconds: wait,
      details: { reason: `HTTP ${status}` },
    })
  })
})

describe("an answer that is none of the protocol", () => {
  const mailbox = { receive_id: RECEIVE_ID, send_id: SEND_ID }
  const sealed = { mailbox: RECEIVE_ID, sealed: SEALED }
  const attempt = { attempt_id: ATTEMPT_ID, session_id: SESSION_ID, slot: "K7", message: PAIRING_MESSAGE.toString("base64url") }
  const json = (text: string): Answer => ({ headers: { "content-type": "application/json" }, body: text })
  const create = (client: RelayClient) => client.createMailbox(RECEIVE_ID)
  const open = (client: RelayClient) => client.openSlot({ session_id: SESSION_ID, ttl_seconds: 60 })
  const attempts = (client: RelayClient) => client.waitForAttempts({ wait_seconds: 0 })
  const step = (client: RelayClient) => client.waitForStep({ attempt_id: ATTEMPT_ID, step: 4, wait_seconds: 0 })
  const send = (client: RelayClient) => client.send(SEND_ID, [SEALED])
  const info = (client: RelayClient) => client.info()

  it.each<[string, (client: RelayClient) => Promise<unknown>, Answer]>([
    ["garbage", create, json(`{${TOLD}`)],
    ["nothing", create, json("")],
    ["null", create, json("null")],
    ["a list", create, json("[]")],
    ["deep nesting", attempts, json("[".repeat(1_000_000))],
    ["a page", create, { headers: { "content-type": "text/html" }, body: "<html>" }],
    ["JSON under another type", create, { headers: { "content-type": "text/plain" }, body: mailbox }],
    ["JSON without a type", create, { headers: { "content-type": "" }, body: mailbox }],
    ["a member missing", create, { body: { receive_id: RECEIVE_ID } }],
    ["an id too short", create, { body: { ...mailbox, send_id: id(15) } }],
    ["an id that leaves the path", create, { body: { ...mailbox, send_id: "../../v1/receive/aaaaaa" } }],
    ["an id written in another way", create, { body: { ...mailbox, send_id: `${"A".repeat(21)}B` } }],
    ["201", create, { status: 201, body: mailbox }],
    ["204", create, { status: 204 }],
    ["200 for 204", (client) => client.deleteMailbox(RECEIVE_ID), { status: 200, body: {} }],
    ["202 for 204", (client) => client.sendStep({ attempt_id: ATTEMPT_ID, step: 2, message: PAIRING_MESSAGE }), { status: 202 }],
    ["an answer too long", create, { body: { ...mailbox, x: "x".repeat(9 * 1024) } }],
    ["another server's name", info, { body: { name: TOLD, version: "1", protocol: 1, time_ms: 0 } }],
    ["another protocol", info, { body: { name: "medusa-wholesale-relay", version: "9", protocol: 2, time_ms: 0 } }],
    ["more accepted than sent", send, { body: { accepted: 2 } }],
    ["less than none accepted", send, { body: { accepted: -1 } }],
    ["half a message accepted", send, { body: { accepted: 0.5 } }],
    ["a slot of other letters", open, { body: { slot: "I0", expires_at: "2026-11-30T12:10:00.000Z" } }],
    ["a slot that ends some time", open, { body: { slot: "K7", expires_at: TOLD } }],
    ["an empty pairing message", step, { body: { message: "" } }],
    ["a pairing message in another alphabet", step, { body: { message: "+/+/" } }],
    ["a pairing message too long", step, { body: { message: randomBytes(RELAY_LIMITS.pairing_message_bytes + 1).toString("base64url") } }],
    ["a pairing message longer than any answer", step, { body: { message: "A".repeat(64 * 1024) } }],
    ["202 for a step", step, { status: 202, body: { message: "AAAA" } }],
    ["an attempt that is none", attempts, { body: { attempts: [{ ...attempt, slot: "K71" }] } }],
    ["more attempts than there can be", attempts, { body: { attempts: Array(201).fill(attempt) } }],
    ["frames cut short", receive, { body: writeMailboxFrames([sealed]).subarray(0, -1) }],
    ["a frame that claims more than there is", receive, { body: Buffer.from("ffffffff00", "hex") }],
    ["a frame too short for its mailbox", receive, { body: writeFrames([randomBytes(15)]) }],
    ["a message of a length that none has", receive, { body: writeMailboxFrames([{ ...sealed, sealed: randomBytes(152) }]) }],
    ["an empty message", receive, { body: writeMailboxFrames([{ ...sealed, sealed: Buffer.alloc(0) }]) }],
    ["more messages than asked for", receive, { body: writeMailboxFrames([sealed, sealed, sealed]) }],
    ["frames under another type", receive, { headers: { "content-type": "application/json" }, body: writeMailboxFrames([sealed]) }],
    ["frames with 206", receive, { status: 206, body: writeMailboxFrames([sealed]) }],
    ["204 for frames", receive, { status: 204 }],
    ["more bytes than any answer has", receive, { body: Buffer.alloc(RELAY_LIMITS.received_bytes + 41) }],
  ])("%s is malformed", async (_, call, answer) => {
    const { client, server } = await relay(() => answer)
    const failure = await failureOf(call(client))
    expect(failure).toMatchObject({ kind: "malformed", status: 502, code: "relay_malformed", details: { relay: server.origin } })
    expect(failure.message).toMatch(/not in the protocol .*Check that the address is a relay's/)
  })

  it("is not what reaches the limits and no further", async () => {
    const message = randomBytes(RELAY_LIMITS.pairing_message_bytes)
    const whole = { ...attempt, message: message.toString("base64url") }
    const most = await relay(() => ({ body: { attempts: Array(200).fill(whole) } }))
    const found = await most.client.waitForAttempts({ wait_seconds: 0 })
    expect(found.map((it) => it.message.equals(message))).toEqual(Array(200).fill(true))
    const one = await relay(() => ({ body: { message: whole.message } }))
    const came = await one.client.waitForStep({ attempt_id: ATTEMPT_ID, step: 4, wait_seconds: 0 })
    expect(came?.equals(message)).toBe(true)
  })
})

describe("a store whose clock is off", () => {
  const DAY = 86_400_000
  /** As the relay does: signed for its clock or refused. */
  const strict = (skewed: () => number) => (asked: Asked): Answer => {
    const body = { code: "clock_skew", message: TOLD, time_ms: skewed() }
    const { method, path, headers } = asked
    const verified = verifyRequest({ origins: [`http://${headers.host}`], method, path, body: asked.body }, headers, skewed())
    const time = { "x-relay-time": String(skewed()) }
    return verified.state === "valid" ? { headers: time, body: { accepted: 1 } } : { status: 401, headers: time, body }
  }

  it.each([
    ["a day ahead", DAY],
    ["a day behind", -DAY],
    ["in 1970", -Date.now()],
  ])("%s is heard after one repetition, and at once from then on", async (_, off) => {
    const { client, asked } = await relay(strict(Date.now), { now: () => Date.now() + off })
    expect(await client.send(SEND_ID, [SEALED])).toEqual({ accepted: 1 })
    expect(asked).toHaveLength(2)
    expect(await client.send(SEND_ID, [SEALED])).toEqual({ accepted: 1 })
    expect(asked).toHaveLength(3)
  })

  it("learns the relay's time of any answer, also a failure", async () => {
    const { client, asked } = await relay((it, count) => (count === 1 ? { status: 500 } : strict(Date.now)(it)), {
      now: () => Date.now() + DAY,
    })
    await failureOf(client.info())
    await client.send(SEND_ID, [SEALED])
    expect(asked).toHaveLength(2)
  })

  it("reads dates of Retry-After by the relay's clock", async () => {
    const inTwoMinutes = () => ({ "retry-after": new Date(Date.now() + 120_000).toUTCString() })
    const { client } = await relay(() => ({ status: 503, headers: inTwoMinutes() }), { now: () => Date.now() + DAY })
    const { retry_after_seconds: wait } = await failureOf(receive(client))
    // Off by the second that the date leaves out, and by what the answer takes.
    expect(wait).toBeGreaterThan(60)
    expect(wait).toBeLessThanOrEqual(121)
  })

  it("gives up on a relay that contradicts itself", async () => {
    const { client, asked } = await relay(() => ({ status: 401, body: { code: "clock_skew", message: TOLD, time_ms: 5 } }))
    expect(await failureOf(receive(client))).toMatchObject({ kind: "refused", relay_code: "clock_skew" })
    expect(asked).toHaveLength(2)
  })

  it.each([{}, { time_ms: -1 }, { time_ms: 1e300 }, { time_ms: "now" }])("takes no time from %j", async (time) => {
    const { client, asked } = await relay(() => ({ status: 401, body: { code: "clock_skew", ...time } }))
    const { kind } = await failureOf(receive(client))
    expect(["refused", "malformed"]).toContain(kind)
    expect(asked).toHaveLength(1)
  })
})

describe("arguments that no relay takes", () => {
  const secret = `${"A".repeat(20)}.${"B".repeat(20)}`

  it.each<[string, (client: RelayClient) => Promise<unknown>]>([
    ["a reference", (client) => client.createMailbox(secret)],
    ["a receive id", (client) => client.deleteMailbox(`../${secret}`)],
    ["a send id", (client) => client.send(secret, [SEALED])],
    ["no message", (client) => client.send(SEND_ID, [])],
    ["too many messages", (client) => client.send(SEND_ID, Array<Buffer>(201).fill(SEALED))],
    ["what is not sealed", (client) => client.send(SEND_ID, [Buffer.from(secret)])],
    // 17 chunks of 262,307 bytes are more than 4 MiB.
    ["too many bytes", (client) => client.send(SEND_ID, Array<Buffer>(17).fill(Buffer.alloc(262_307)))],
    ["a wait too long", (client) => client.receive({ wait_seconds: 26, acknowledge: [] })],
    ["a wait in parts", (client) => client.waitForAttempts({ wait_seconds: 0.5 })],
    ["a wait backwards", (client) => client.waitForStep({ attempt_id: ATTEMPT_ID, step: 2, wait_seconds: -1 })],
    ["a limit of none", (client) => client.receive({ wait_seconds: 0, limit: 0, acknowledge: [] })],
    ["a limit too high", (client) => client.receive({ wait_seconds: 0, limit: 501, acknowledge: [] })],
    ["too much acknowledged", (client) => client.receive({ wait_seconds: 0, acknowledge: Array(1_001).fill([RECEIVE_ID, MESSAGE_ID]) })],
    ["a message id", (client) => client.receive({ wait_seconds: 0, acknowledge: [[RECEIVE_ID, secret]] })],
    ["an acknowledged mailbox", (client) => client.receive({ wait_seconds: 0, acknowledge: [[secret, MESSAGE_ID]] })],
    ["a session", (client) => client.openSlot({ session_id: secret, ttl_seconds: 60 })],
    ["a slot too short", (client) => client.openSlot({ session_id: SESSION_ID, ttl_seconds: 59 })],
    ["a slot too long", (client) => client.openSlot({ session_id: SESSION_ID, ttl_seconds: 86_401 })],
    ["a slot's name", (client) => client.lookUpSlot(secret)],
    ["a session to close", (client) => client.closeSlot(secret)],
    ["an attempt", (client) => client.abandonAttempt(secret)],
    ["an empty pairing message", (client) => client.sendStep({ attempt_id: ATTEMPT_ID, step: 2, message: Buffer.alloc(0) })],
    ["a long pairing message", (client) => client.openAttempt({ slot: "K7", session_id: SESSION_ID, message: Buffer.alloc(16_641) })],
  ])("%s: nothing is sent, and the error does not hold it", async (_, call) => {
    const { client, server } = await relay(() => ({}))
    const error = await call(client).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(RangeError)
    expect(inspect(error)).not.toContain(secret)
    expect(server.connections()).toBe(0)
  })
})

describe("a client", () => {
  it("takes no URL that is no relay's", () => {
    for (const origin of ["http://relay.example.com", "https://10.0.0.1", "https://user:secret@relay.example.com"]) {
      expect(() => new RelayClient({ origin, key })).toThrow(expect.objectContaining({ code: "relay_url_refused" }))
    }
    const client = new RelayClient({ origin: "https://10.0.0.1/", key, privateAddresses: true })
    expect(client.origin).toBe("https://10.0.0.1")
  })

  it("does not show its key", async () => {
    const { client } = await relay(() => ({ body: { accepted: 1 } }))
    await client.send(SEND_ID, [SEALED])
    const shown = inspect(client, { depth: null, showHidden: true })
    expect(shown).not.toContain(printed(key.private_key))
    expect(shown).not.toContain(key.private_key.toString("base64url"))
  })

  it("ends a long-poll at once when it is told to, or closed", async () => {
    const ending = new AbortController()
    const reason = new Error("The process ends.")
    const server = await serve((request) => void (request.url === "/v1/receive" ? ending.abort(reason) : client.close()))
    const client = new RelayClient({ origin: server.origin, key })
    await expect(client.receive({ wait_seconds: 25, acknowledge: [] }, ending.signal)).rejects.toBe(reason)
    const failure = await failureOf(client.waitForAttempts({ wait_seconds: 25 }))
    expect(failure).toMatchObject({ kind: "unavailable", details: { reason: "closed by this store" } })
  })

  it("says where it could not connect to", async () => {
    const resolve = async () => [{ address: "127.0.0.1", family: 4 }]
    const client = new RelayClient({ origin: "https://relay.example.com", key, resolve })
    clients.push(client)
    const failure = await failureOf(client.info())
    expect(failure).toMatchObject({ kind: "forbidden_address", status: 400, code: "relay_address_forbidden" })
    expect(failure.message).toMatch(/^The relay https:\/\/relay\.example\.com .*relayPrivateAddresses/)
  })
})

describe("an error of a relay", () => {
  it("reaches people by a domain error's path, also after a workflow's log", () => {
    const error = new RelayError("https://relay.example.com", "limited", { relay_code: "rate_limited", retry_after_seconds: 30 })
    expect(asWholesaleError(error)).toBe(error)
    expect(asWholesaleError(JSON.parse(JSON.stringify(error)))).toMatchObject({
      status: 429,
      code: "relay_limited",
      message: "The relay https://relay.example.com takes no more requests for now. Try again in 30 seconds.",
      details: { relay: "https://relay.example.com", relay_code: "rate_limited", retry_after_seconds: 30 },
    })
  })
})
