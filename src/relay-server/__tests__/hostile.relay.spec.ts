import { randomBytes } from "node:crypto"
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import { connect } from "node:net"
import fc from "fast-check"
import type { FastifyInstance } from "fastify"

import { uint32 } from "../../lib/crypto/encoding"
import { writeFrames } from "../../lib/relay/frames"
import { RELAY_LIMITS } from "../../lib/relay/limits"
import { signRequest } from "../../lib/relay/request-signature"
import type { RunningRelay } from "../start-relay"
import { Store, fetchAnswer, id, sealedMessage, sealedMessages, type Answer } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

const AMPLE = {
  RELAY_REQUESTS_PER_KEY: "1000000",
  RELAY_REQUESTS_PER_ADDRESS: "1000000",
  RELAY_LOOKUPS_PER_KEY: "1000000",
  RELAY_LOOKUPS_PER_ADDRESS: "1000000",
  RELAY_ATTEMPTS_PER_KEY: "1000000",
  RELAY_ATTEMPTS_PER_ADDRESS: "1000000",
  RELAY_ATTEMPTS_OF_ALL: "1000000",
  RELAY_REQUEST_TIMEOUT_SECONDS: "1",
}

let test: TestRelay
let node: RunningRelay
let store: Store
/** All routes of the relay that take a body, as it adds them: `POST /v1/send/:send_id`. */
const bodyRoutes: string[] = []

beforeAll(async () => {
  test = await TestRelay.create()
  const listen = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook("onRoute", ({ method, url }) => {
      bodyRoutes.push(...[method].flat().flatMap((name) => (name === "GET" ? [] : [`${name} ${url}`])))
    })
  }
  subscribe("fastify.initialization", listen)
  node = await test.start(AMPLE)
  unsubscribe("fastify.initialization", listen)
  store = new Store(node)
})

afterEach(() => {
  // Nobody can make a relay say that it did not foresee something.
  expect(test.log.filter((line) => line.includes('"level":50'))).toEqual([])
})

afterAll(async () => {
  await test.destroy()
})

const told = ({ status, bytes }: Answer) => {
  const { code, path } = JSON.parse(bytes.toString()) as { code: string; path?: string }
  return path === undefined ? `${status} ${code}` : `${status} ${code} ${path}`
}

const ROUTES = [
  ["POST", "/v1/mailboxes"],
  ["POST", "/v1/receive"],
  ["POST", "/v1/slots"],
  ["POST", "/v1/slots/wait"],
  ["POST", "/v1/attempts"],
  ["POST", `/v1/attempts/${id()}/messages`],
  ["POST", `/v1/attempts/${id()}/wait`],
  ["POST", `/v1/send/${id()}`],
] as const

describe("a body of the wrong shape", () => {
  it.each<[string, object, string]>([
    ["/v1/mailboxes", {}, "ref"],
    ["/v1/mailboxes", { ref: 7 }, "ref"],
    ["/v1/mailboxes", { ref: id(15) }, "ref"],
    // Base64 of 16 bytes in another alphabet, padded, with bits to spare.
    ["/v1/mailboxes", { ref: Buffer.alloc(16, 0xff).toString("base64") }, "ref"],
    ["/v1/mailboxes", { ref: `${"A".repeat(21)}B` }, "ref"],
    ["/v1/mailboxes", { ref: id(), more: 1 }, "body"],
    ["/v1/mailboxes", [], "body"],
    ["/v1/receive", {}, "wait_seconds"],
    ["/v1/receive", { wait_seconds: 26 }, "wait_seconds"],
    ["/v1/receive", { wait_seconds: -1 }, "wait_seconds"],
    ["/v1/receive", { wait_seconds: 0.5 }, "wait_seconds"],
    ["/v1/receive", { wait_seconds: "1" }, "wait_seconds"],
    ["/v1/receive", { wait_seconds: 0, limit: 0 }, "limit"],
    ["/v1/receive", { wait_seconds: 0, limit: 501 }, "limit"],
    ["/v1/receive", { wait_seconds: 0, acknowledge: {} }, "acknowledge"],
    ["/v1/receive", { wait_seconds: 0, acknowledge: Array(1_001).fill([id(), "0".repeat(32)]) }, "acknowledge"],
    ["/v1/receive", { wait_seconds: 0, acknowledge: [[id(), "0".repeat(32)], [id()]] }, "acknowledge[1]"],
    ["/v1/receive", { wait_seconds: 0, acknowledge: [["x", "0".repeat(32)]] }, "acknowledge[0][0]"],
    ["/v1/receive", { wait_seconds: 0, acknowledge: [[id(), "0".repeat(31)]] }, "acknowledge[0][1]"],
    ["/v1/receive", { wait_seconds: 0, acknowledge: [[id(), "A".repeat(32)]] }, "acknowledge[0][1]"],
    ["/v1/slots", { session_id: id(32), ttl_seconds: 59 }, "ttl_seconds"],
    ["/v1/slots", { session_id: id(32), ttl_seconds: 86_401 }, "ttl_seconds"],
    ["/v1/slots", { session_id: id(31), ttl_seconds: 60 }, "session_id"],
    ["/v1/slots/wait", { wait_seconds: null }, "wait_seconds"],
    ["/v1/attempts", { slot: "2I", session_id: id(32), message: "AAAA" }, "slot"],
    ["/v1/attempts", { slot: "222", session_id: id(32), message: "AAAA" }, "slot"],
    ["/v1/attempts", { slot: "22", session_id: id(32), message: "" }, "message"],
    // 16 KiB and 256 bytes are the most.
    ["/v1/attempts", { slot: "22", session_id: id(32), message: id(16 * 1024 + 257) }, "message"],
    [`/v1/attempts/${id()}/messages`, { step: 1, message: "AAAA" }, "step"],
    [`/v1/attempts/${id()}/messages`, { step: 5, message: "AAAA" }, "step"],
    [`/v1/attempts/${id()}/messages`, { step: 2, message: "A" }, "message"],
    [`/v1/attempts/${id()}/wait`, { step: "2", wait_seconds: 0 }, "step"],
  ])("is refused by its field: %s %j", async (path, body, field) => {
    expect(told(await store.call("POST", path, body))).toBe(`400 request_malformed ${field}`)
  })

  it.each([
    ["no JSON", Buffer.from("{")],
    ["nothing", Buffer.alloc(0)],
    ["a word", Buffer.from('"word"')],
    ["null", Buffer.from("null")],
    ["bytes", randomBytes(200)],
    ["a list in a list in a list, 30,000 deep", Buffer.from("[".repeat(30_000))],
    ["the same, and closed", Buffer.from("[".repeat(30_000) + "]".repeat(30_000))],
    ["an object that deep", Buffer.from(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`)],
    ["a prototype", Buffer.from('{"__proto__":{"ref":"AAAAAAAAAAAAAAAAAAAAAA"}}')],
    ["a number too large", Buffer.from('{"wait_seconds":1e999}')],
  ])("is refused: %s", async (_name, body) => {
    for (const [method, path] of ROUTES.slice(0, 7)) {
      expect(told(await store.call(method, path, body))).toMatch(/^400 request_malformed /)
    }
  })

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a lying length", Buffer.concat([uint32(2 ** 31), sealedMessage()])],
    ["a length beyond the end", Buffer.concat([uint32(1_144), sealedMessage()])],
    ["half a length", Buffer.concat([writeFrames([sealedMessage()]), Buffer.from([0, 0])])],
    ["messages of no sealed length", writeFrames([randomBytes(1_000)])],
    ["a million empty messages", Buffer.alloc(4 * 1024 * 1024)],
    ["JSON", Buffer.from('{"messages":[]}')],
  ])("is no batch: %s", async (_name, body) => {
    const { send_id } = await store.openMailbox()
    expect(told(await store.call("POST", `/v1/send/${send_id}`, body))).toBe("400 frames_malformed")
    expect(await test.query("select 1 from relay_mailbox where sender_key is not null")).toEqual([])
  })

  it("does not bind a mailbox, nor does one that is too large", async () => {
    const { send_id } = await store.openMailbox()
    expect(told(await store.call("POST", `/v1/send/${send_id}`, writeFrames(sealedMessages(201, 32))))).toBe(
      "413 too_large"
    )
    expect((await new Store(node).send(send_id, sealedMessages(1))).status).toBe(200)
    await test.query("update relay_mailbox set sender_key = null")
  })
})

describe("a body that is too large", () => {
  it("is refused at each route", async () => {
    const [json, batch] = [Buffer.alloc(200 * 1024, 0x20), Buffer.alloc(4 * 1024 * 1024 + 1)]
    for (const [method, path] of ROUTES) {
      expect(told(await store.call(method, path, path.startsWith("/v1/send") ? batch : json))).toBe("413 too_large")
    }
    expect(told(await store.call("POST", "/v1/nothing", json))).toBe("413 too_large")
  })

  it("is cut off while it comes in pieces, whose number nobody told", async () => {
    const answer = await raw(
      `POST /v1/receive HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n${headerLines("POST", "/v1/receive", Buffer.alloc(0))}\r\n`,
      ...Array.from({ length: 40 }, () => `2000\r\n${" ".repeat(0x2000)}\r\n`)
    )
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  })
})

describe("a body of whatever length it claims", () => {
  const PIECE = " ".repeat(8 * 1024)
  /** What else is made while requests run. */
  const SLACK_BYTES = 64 * 1024
  /** Bytes that routes take, and what is no route. */
  const LIMITS: readonly (readonly [bytes: number, routes: readonly string[]])[] = [
    [
      64 * 1024,
      [
        "POST /v1/mailboxes",
        "DELETE /v1/mailboxes/:receive_id",
        "POST /v1/slots",
        "DELETE /v1/slots/:session_id",
        "POST /v1/slots/wait",
        "POST /v1/attempts",
        "POST /v1/attempts/:id/messages",
        "POST /v1/attempts/:id/wait",
        "DELETE /v1/attempts/:id",
        "POST /v1/nothing",
      ],
    ],
    [128 * 1024, ["POST /v1/receive"]],
    // Messages may come 4 MiB at once, which these bodies never reach.
    [RELAY_LIMITS.sent_bytes, ["POST /v1/send/:send_id"]],
  ]
  const LARGEST = 128 * 1024

  const lengths = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
    fc.nat({ max: LARGEST }).map(String),
    fc.constantFrom(LARGEST, LARGEST + 1, 2 ** 31, 2 ** 53).map(String),
    fc.constantFrom("9".repeat(400), "-1", "1e9", "0x10", "+5", "")
  )
  const sizes = fc.oneof(
    { weight: 2, arbitrary: fc.constant(PIECE.length.toString(16)) },
    { weight: 1, arbitrary: fc.nat({ max: 2 ** 31 }).map((size) => size.toString(16)) },
    { weight: 1, arbitrary: fc.constantFrom("7fffffffffffffff", "f".repeat(16), "f".repeat(40), "-1", "zz", "0") }
  )
  const body = fc
    .record({
      /** 400 KiB at most, and often no more than any route takes. */
      pieces: fc.oneof(fc.nat({ max: 50 }), fc.nat({ max: 7 })),
      form: fc.constantFrom("true", "claimed", "chunked", "both"),
      length: lengths,
      size: sizes,
      ends: fc.boolean(),
    })
    .map(({ pieces, form, length, size, ends }) => {
      const isChunked = form === "chunked" || form === "both"
      const told = form === "true" ? String(pieces * PIECE.length) : length
      return {
        headers:
          (isChunked ? "transfer-encoding: chunked\r\n" : "") +
          (form === "chunked" ? "" : `content-length: ${told}\r\n`),
        parts: [
          ...Array<string>(pieces).fill(isChunked ? `${size}\r\n${PIECE}\r\n` : PIECE),
          ...(isChunked && ends ? ["0\r\n\r\n"] : []),
        ],
      }
    })

  it("is sent to every route that takes one", () => {
    const routes = LIMITS.flatMap(([, some]) => some).filter((route) => route !== "POST /v1/nothing")
    expect([...routes].sort()).toEqual([...bodyRoutes].sort())
  })

  it.each(LIMITS)(
    "is answered as its sender's fault, soon, and no buffer is made that is larger than what may come: %i bytes",
    async (limit, routes) => {
      const statuses = new Map(routes.map((route) => [route, new Set<string>()]))
      const bodies = fc.array(body, { minLength: 30, maxLength: 30 })
      await fc.assert(
        fc.asyncProperty(bodies, async (all) => {
          // All at once, for each may take as long as a request is waited for.
          const makers = (["alloc", "allocUnsafe", "allocUnsafeSlow"] as const).map((name) => jest.spyOn(Buffer, name))
          const answers = await Promise.all(
            routes.flatMap((route) =>
              all.map(async ({ headers, parts }) => {
                const [method = "", path = ""] = route.replace(/:\w+/, id()).split(" ")
                const signed = headerLines(method, path, Buffer.alloc(0))
                const head = `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${headers}${signed}\r\n`
                return { route, answer: await raw(head, ...parts) }
              })
            )
          )
          const made = makers.flatMap(({ mock }) => mock.calls.map(([size]) => size))
          makers.forEach((spy) => spy.mockRestore())
          expect(Math.max(...made)).toBeLessThanOrEqual(limit + SLACK_BYTES)
          for (const { route, answer } of answers) {
            // Nothing where the relay closed before all had been written.
            expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
            statuses.get(route)?.add(answer.slice(9, 12))
          }
        }),
        // Each run takes as long as a request is waited for: a failure is shown as it was found.
        { numRuns: 1, seed: 20261130, endOnFailure: true }
      )
      for (const [route, seen] of statuses) {
        // No HTTP, a body that was not signed, one that does not come, and one too large.
        expect([route, ...seen]).toEqual(expect.arrayContaining([route, "400", "401", "408", "413"]))
      }
    }
  )
})

describe("what is no request", () => {
  it.each([
    ["noise", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", /^HTTP\/1\.1 400 /],
    ["a header without end", `GET / HTTP/1.1\r\nx: ${"a".repeat(20_000)}`, /^HTTP\/1\.1 400 /],
    [
      "two lengths",
      "POST /v1/receive HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
      /^HTTP\/1\.1 400 /,
    ],
    [
      "a url that cannot be decoded",
      `GET /v1/slots/%ff HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      /^HTTP\/1\.1 (401|404) /,
    ],
    [
      "a url of another server",
      "GET http://other/v1/info HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
      /^HTTP\/1\.1 (200|401|404) /,
    ],
    ["a tunnel", "CONNECT other:443 HTTP/1.1\r\nhost: x\r\n\r\n", /^(HTTP\/1\.1 4\d\d |$)/],
    [
      "an upgrade",
      "GET /v1/info HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n",
      /^HTTP\/1\.1 200 /,
    ],
  ])("is turned away: %s", async (_name, text, expected) => {
    expect(await raw(text)).toMatch(expected)
  })

  it("does not keep a connection: a body that does not come", async () => {
    const headers = headerLines("POST", "/v1/receive", Buffer.from("{}"))
    const answer = await raw(`POST /v1/receive HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n${headers}\r\n{`)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })

  it("does not keep a connection: a header that does not come", async () => {
    expect(await raw("GET /v1/info HTTP/1.1\r\nhost: x\r\n")).toMatch(/^HTTP\/1\.1 408 /)
  })

  it("may say of its body what it likes", async () => {
    for (const type of [
      "text/html",
      "multipart/form-data",
      "application/json; charset=utf-16",
      ";;",
      "a".repeat(500),
    ]) {
      const answer = await store.call("POST", "/v1/receive", { wait_seconds: 0 }, { headers: { "content-type": type } })
      expect([200, 400]).toContain(answer.status)
    }
  })

  it("is not believed when its headers are strange", async () => {
    const strange = [
      "",
      " ",
      "a".repeat(43),
      "=".repeat(43),
      "é",
      "0",
      "-1",
      "1e3",
      "99999999999999999",
      "A".repeat(86),
      "_".repeat(86),
    ]
    for (const name of ["x-relay-key", "x-relay-time", "x-relay-signature"]) {
      for (const value of strange) {
        const answer = await store.call("POST", "/v1/receive", { wait_seconds: 0 }, { headers: { [name]: value } })
        expect(answer.status).toBe(401)
      }
    }
  })
})

describe("whatever anybody sends", () => {
  it("is answered, and never as a fault of the relay", async () => {
    const field = fc.constantFrom(
      "ref",
      "wait_seconds",
      "limit",
      "acknowledge",
      "session_id",
      "ttl_seconds",
      "slot",
      "message",
      "step"
    )
    const value = fc.oneof(
      fc.jsonValue(),
      fc.integer(),
      fc.string({ unit: "binary" }),
      fc.base64String(),
      fc.constantFrom(id(), id(32), 2, 0)
    )
    const json = fc.dictionary(field, value).map((object) => Buffer.from(JSON.stringify(object)))
    const body = fc.oneof(
      json,
      fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes))
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ROUTES), body, async ([method, path], bytes) => {
        const answer = await store.call(method, path, bytes)
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 400 }
    )
  })

  it("is answered also where it puts strange things into the url", async () => {
    const segment = fc.oneof(fc.string({ unit: "binary" }), fc.base64String()).map((text) => encodeURIComponent(text))
    const route = fc.constantFrom(
      ["POST", "/v1/send/"],
      ["DELETE", "/v1/mailboxes/"],
      ["GET", "/v1/slots/"],
      ["DELETE", "/v1/slots/"],
      ["DELETE", "/v1/attempts/"],
      ["GET", "/"]
    )
    await fc.assert(
      fc.asyncProperty(route, segment, async ([method = "", path = ""], end) => {
        const answer = await store.call(
          method,
          `${path}${end}`,
          method === "POST" ? writeFrames(sealedMessages(1, 32)) : undefined
        )
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 300 }
    )
  })

  it("leaves the relay as it was", async () => {
    const [owner, sender] = [new Store(node), new Store(node)]
    const mailbox = await owner.openMailbox()
    await sender.send(mailbox.send_id, sealedMessages(3))
    expect(await owner.receive()).toHaveLength(3)
    expect((await fetchAnswer(`${node.origin}/health/ready`)).status).toBe(200)
  })
})

/** Signed headers for these bytes, as lines of a request. */
function headerLines(method: string, path: string, body: Buffer): string {
  const headers = signRequest(store.key, { origin: node.origin, method, path, body }, Date.now())
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")
}

/** Writes to a connection of its own, and gives all that comes back until the relay closes it. */
async function raw(...pieces: string[]): Promise<string> {
  const { hostname, port } = new URL(node.origin)
  const socket = connect(Number(port), hostname)
  let answer = ""
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1")
  })
  // The relay may close before it has been told everything.
  socket.on("error", () => {})
  await once(socket, "connect")
  pieces.forEach((piece) => socket.write(piece, "latin1"))
  await once(socket, "close")
  return answer
}
